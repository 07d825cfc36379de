package dev.braid.jobs.fsck;

import java.io.Serializable;

/** What is wrong with one file by itself. */
record Verdict(String file, String fault) implements Serializable {}
