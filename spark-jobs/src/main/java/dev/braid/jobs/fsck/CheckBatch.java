package dev.braid.jobs.fsck;

import dev.braid.store.StoreFiles;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.StoreAccessException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.Function;

/** Reads files from the first byte to the last, on an executor. */
record CheckBatch(StoreLocation location) implements Function<Batch, List<Verdict>> {
  @Override
  public List<Verdict> call(Batch batch) {
    StoreFiles files = StoreFiles.at(location);
    List<Verdict> verdicts = new ArrayList<>();
    for (String file : batch.files()) {
      fault(files, file).ifPresent(fault -> verdicts.add(new Verdict(file, fault)));
    }
    return verdicts;
  }

  /** What is wrong with a file; one that the file system does not give has a fault too. */
  static Optional<String> fault(StoreFiles files, String file) {
    try {
      return files.fault(file);
    } catch (StoreAccessException e) {
      return Optional.of("it cannot be read (%s)".formatted(e.getMessage()));
    }
  }
}
