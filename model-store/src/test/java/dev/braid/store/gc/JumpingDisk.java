package dev.braid.store.gc;

import dev.braid.store.file.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** A disk whose clock jumps ahead when a test says so; a file keeps the time of its writing. */
public final class JumpingDisk extends LocalDisk {
  /** The real time of every jump, and the sum of the jumps so far, in milliseconds. */
  private static final ConcurrentSkipListMap<Long, Long> JUMPS = new ConcurrentSkipListMap<>();

  /**
   * Moves the clock ahead. A file that was written in the last millisecond gets the new time.
   *
   * @param probe a file to write, which tells the disk's real time
   */
  static void jump(java.nio.file.Path probe, Duration by) throws IOException {
    Files.write(probe, new byte[1]);
    long now = Files.getLastModifiedTime(probe).toMillis();
    JUMPS.put(now, jumped(now) + by.toMillis());
  }

  private static long jumped(long time) {
    return Optional.ofNullable(JUMPS.floorEntry(time)).map(Map.Entry::getValue).orElse(0L);
  }

  @Override
  public FileStatus getFileStatus(Path file) throws IOException {
    FileStatus status = super.getFileStatus(file); // listings ask it, too
    long time = status.getModificationTime();
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        status.getReplication(),
        status.getBlockSize(),
        time + jumped(time),
        status.getPath());
  }
}
