package dev.braid.store.file;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;

/**
 * Repeats what a local disk, or a network disk mounted like one, refused for a moment.
 *
 * <p>The clients of HDFS and S3 retry by themselves according to their own settings; nothing is
 * added to that. A file that fails while it is written, or read at random, is not repeated here but
 * by its user: a Spark task or the next run. (One that is read whole, or in one pass, is: {@link
 * PatientInput}.)
 */
final class Retry {
  /** The waits before the second attempt, the third and the last. */
  static final List<Duration> WAITS =
      List.of(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(800));

  static {
    // Learned now, because provoking errors takes file handles that a process may run out of.
    var unused = LearnedErrors.HERE.get();
  }

  private Retry() {}

  /** An operation that may fail for a moment. */
  interface Operation<T> {
    /**
     * Runs the operation.
     *
     * @param again whether it was tried before, and may have succeeded although its answer was lost
     */
    T run(boolean again) throws IOException;
  }

  /** The result of an operation on a file system, repeated if that is a local disk. */
  static <T> T on(FileSystem files, Operation<T> operation) throws IOException {
    return files instanceof LocalDisk ? of(operation) : operation.run(/* again= */ false);
  }

  /** The operation's result, or the failure of its last attempt. */
  static <T> T of(Operation<T> operation) throws IOException {
    for (int attempts = 0; ; attempts++) {
      try {
        return operation.run(/* again= */ attempts > 0);
      } catch (IOException e) {
        if (attempts == WAITS.size()
            || !LearnedErrors.HERE.get().isTransient(e)
            || !waited(WAITS.get(attempts))) {
          throw e;
        }
      }
    }
  }

  /** False if the thread was interrupted. */
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
