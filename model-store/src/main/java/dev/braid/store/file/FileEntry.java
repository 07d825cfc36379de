package dev.braid.store.file;

import java.io.Serializable;
import java.time.Instant;

/**
 * A file as a listing shows it.
 *
 * @param name its path under the folder that was listed
 * @param bytes its length
 * @param modified when it was last written, by the file system's clock
 */
public record FileEntry(String name, long bytes, Instant modified) implements Serializable {}
