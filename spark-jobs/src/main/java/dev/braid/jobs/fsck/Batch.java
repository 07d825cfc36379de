package dev.braid.jobs.fsck;

import dev.braid.store.file.FileEntry;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Files that one task reads. */
record Batch(List<String> files, long bytes) implements Serializable {
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_FILES = 256;

  Batch {
    files = List.copyOf(files);
  }

  /** The files in order, in batches that take a second or so each. */
  static List<Batch> of(List<FileEntry> all) {
    List<Batch> batches = new ArrayList<>();
    List<String> names = new ArrayList<>();
    long bytes = 0;
    for (FileEntry file : all) {
      names.add(file.name());
      bytes += file.bytes();
      if (bytes >= MOST_BYTES || names.size() == MOST_FILES) {
        batches.add(new Batch(names, bytes));
        names = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!names.isEmpty()) {
      batches.add(new Batch(names, bytes));
    }
    return batches;
  }
}
