package dev.braid.store.fsck;

import dev.braid.store.StoreFiles;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.FileEntry;
import dev.braid.store.file.StoreAccessException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files that one task reads. */
public record Batch(List<String> files, long bytes) implements Serializable {
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_FILES = 256;

  public Batch {
    files = List.copyOf(files);
  }

  /** The files in order, in batches that take about a second each. */
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

  /** Reads the files completely and returns those that are broken. */
  public List<BrokenFile> check(StoreLocation location) {
    StoreFiles store = StoreFiles.at(location);
    List<BrokenFile> brokenFiles = new ArrayList<>();
    for (String file : files) {
      fault(store, file).ifPresent(fault -> brokenFiles.add(new BrokenFile(file, fault)));
    }
    return brokenFiles;
  }

  /** What is wrong with a file; one that cannot be read has a fault too. */
  static Optional<String> fault(StoreFiles files, String file) {
    try {
      return new IntegrityCheck(files).fault(file);
    } catch (StoreAccessException e) {
      return Optional.of("it cannot be read (%s)".formatted(e.getMessage()));
    }
  }
}
