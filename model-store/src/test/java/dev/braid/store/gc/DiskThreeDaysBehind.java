package dev.braid.store.gc;

import dev.braid.store.file.LocalDisk;
import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** A disk that dates files like a server whose clock is behind the local one. */
public final class DiskThreeDaysBehind extends LocalDisk {
  private static final long SKEW = Duration.ofDays(3).toMillis();

  @Override
  public FileStatus getFileStatus(Path file) throws IOException {
    FileStatus status = super.getFileStatus(file); // listings ask it, too
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        status.getReplication(),
        status.getBlockSize(),
        status.getModificationTime() - SKEW,
        status.getPath());
  }
}
