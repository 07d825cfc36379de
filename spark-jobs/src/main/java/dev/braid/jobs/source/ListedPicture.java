package dev.braid.jobs.source;

import java.io.Serializable;

/**
 * One picture of a source.
 *
 * @param name unique in its source, which reads the picture by it; shown in messages
 */
public record ListedPicture(SourceSplit split, int label, String name) implements Serializable {}
