package dev.braid.jobs.source.table;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Tells a folder of Parquet files from a folder of pictures without listing all of it. */
final class ParquetFolder {
  private static final String PARQUET = ".parquet";

  private final FileSystem files;

  private ParquetFolder(FileSystem files) {
    this.files = files;
  }

  /**
   * Whether a path is a Parquet file, or a folder that has one: in itself, in its first folder, or
   * in the first folder of that, and so on.
   */
  static boolean is(String path, Configuration configuration) throws IOException {
    Path root = new Path(path);
    return path.endsWith(PARQUET) || new ParquetFolder(root.getFileSystem(configuration)).has(root);
  }

  private boolean has(Path folder) throws IOException {
    List<FileStatus> visible = visible(folder);
    if (visible.stream().anyMatch(e -> e.isFile() && e.getPath().getName().endsWith(PARQUET))) {
      return true;
    }
    Optional<FileStatus> first = visible.stream().filter(FileStatus::isDirectory).findFirst();
    return first.isPresent() && has(first.get().getPath());
  }

  private List<FileStatus> visible(Path folder) throws IOException {
    try {
      return Arrays.stream(files.listStatus(folder))
          .filter(entry -> !entry.getPath().getName().startsWith("."))
          .sorted(Comparator.comparing(FileStatus::getPath))
          .toList();
    } catch (FileNotFoundException absent) {
      return List.of();
    }
  }
}
