package dev.braid.store.fsck;

import java.io.Serializable;

/** A file that is broken, whatever the other files contain, and why. */
public record BrokenFile(String file, String fault) implements Serializable {}
