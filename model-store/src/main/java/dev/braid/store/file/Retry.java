package dev.braid.store.file;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Does again what a local disk, or a network's that is mounted like one, refused for a moment.
 *
 * <p>The clients of HDFS and S3 try again by themselves, as their own settings say: nothing is
 * tried again on top of that. A file that breaks off while it is written, or read at will, is not
 * begun again here: whoever needs it does, a Spark task or the next run. (One that is read whole,
 * or from front to back, is: {@link PatientInput}.)
 */
final class Retry {
  /** What is waited before the second try, the third and the last. */
  static final List<Duration> WAITS =
      List.of(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(800));

  /*
   * How the system names errors that pass: EIO, ESTALE, EAGAIN, ETIMEDOUT, EINTR, EBUSY, EMFILE and
   * ENFILE. What is missing, full or forbidden will be so the next time.
   */
  private static final Pattern PASSING =
      Pattern.compile(
          "Input/output error|Stale file handle|Resource temporarily unavailable"
              + "|Connection timed out|Interrupted system call|Device or resource busy"
              + "|Too many open files");

  private Retry() {}

  /** What may fail for a moment. */
  interface Operation<T> {
    /**
     * Does it.
     *
     * @param again whether it was tried before, and may have been done though its answer was lost
     */
    T run(boolean again) throws IOException;
  }

  /** The operation's result, or what it failed with the last time. */
  static <T> T of(Operation<T> operation) throws IOException {
    for (int tried = 0; ; tried++) {
      try {
        return operation.run(/* again= */ tried > 0);
      } catch (IOException e) {
        if (tried == WAITS.size() || !isPassing(e) || !waited(WAITS.get(tried))) {
          throw e;
        }
      }
    }
  }

  private static boolean isPassing(IOException e) {
    return e.getMessage() != null && PASSING.matcher(e.getMessage()).find();
  }

  /** False if the thread is to stop. */
  private static boolean waited(Duration time) {
    try {
      Thread.sleep(time.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
