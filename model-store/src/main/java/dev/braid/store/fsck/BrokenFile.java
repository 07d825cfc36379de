package dev.braid.store.fsck;

import java.io.Serializable;

/** What is wrong with one file by itself. */
public record BrokenFile(String file, String fault) implements Serializable {}
