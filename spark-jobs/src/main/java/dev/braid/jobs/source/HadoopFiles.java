package dev.braid.jobs.source;

import dev.braid.jobs.source.SourceEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/** The files of a Hadoop file system, such as HDFS or S3. */
record HadoopFiles(FileSystem files) implements SourceFiles {
  @Override
  public SourceEntry entry(Path path) throws IOException {
    try {
      return entry(files.getFileStatus(path));
    } catch (AccessControlException e) {
      return SourceEntry.of(path.getName(), Kind.CLOSED);
    }
  }

  private static SourceEntry entry(FileStatus status) {
    String name = status.getPath().getName();
    return status.isDirectory()
        ? SourceEntry.of(name, Kind.FOLDER)
        : new SourceEntry(
            name, Kind.FILE, status.getLen(), Instant.ofEpochMilli(status.getModificationTime()));
  }

  @Override
  public List<SourceEntry> entries(Path folder) throws IOException {
    try {
      return Arrays.stream(files.listStatus(folder))
          .map(HadoopFiles::entry)
          .sorted(Comparator.comparing(SourceEntry::name))
          .toList();
    } catch (AccessControlException e) {
      throw new UnreadableFileException(UnreadableFileException.DENIED);
    }
  }

  @Override
  public String realPath(Path folder) throws IOException {
    return files.resolvePath(folder).toString();
  }

  @Override
  public byte[] read(Path file) throws IOException {
    SourceFiles.check(entry(file));
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    } catch (AccessControlException e) {
      throw new UnreadableFileException(UnreadableFileException.DENIED);
    }
  }
}
