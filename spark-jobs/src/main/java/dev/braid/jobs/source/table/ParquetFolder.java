package dev.braid.jobs.source.table;

import dev.braid.jobs.source.FolderPaths;
import dev.braid.jobs.source.SourceEntry;
import dev.braid.jobs.source.SourceFiles;
import dev.braid.jobs.source.SystemEntries;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Tells a folder of Parquet files from a folder of pictures without listing all of it. */
record ParquetFolder(SourceFiles files) {
  private static final String PARQUET = ".parquet";

  /** What lies beside Parquet files: cards, statistics, what writers leave. */
  private static final String BESIDE = "(_.*|.*\\.(md|json|txt|ya?ml|crc))";

  /**
   * Whether a path is a Parquet file, or a folder that has such files and no others: in itself, or
   * in its first folder, or in the first folder of that, and so on.
   */
  boolean is(Path path) throws IOException {
    return path.getName().endsWith(PARQUET) || has(path);
  }

  private boolean has(Path folder) throws IOException {
    List<SourceEntry> visible =
        files.entries(folder).stream()
            .filter(entry -> !SystemEntries.include(entry.name()))
            .toList();
    List<SourceEntry> data =
        visible.stream()
            .filter(entry -> entry.kind() == SourceEntry.Kind.FILE)
            .filter(entry -> !entry.name().matches(BESIDE))
            .toList();
    if (!data.isEmpty()) {
      return data.stream().allMatch(entry -> entry.name().endsWith(PARQUET));
    }
    Optional<SourceEntry> first =
        visible.stream().filter(entry -> entry.kind() == SourceEntry.Kind.FOLDER).findFirst();
    return first.isPresent() && has(FolderPaths.path(folder, first.get().name()));
  }
}
