package dev.braid.store.file;

import java.io.IOException;
import org.apache.hadoop.fs.FSError;

/**
 * A file cannot be read or written, or a folder cannot be listed: check the file system, then try
 * again.
 */
public final class StoreAccessException extends RuntimeException {
  /** What could not be done, to which path, and the file system's reason. */
  public StoreAccessException(String action, Object path, IOException cause) {
    super("Cannot %s %s: %s".formatted(action, path, reason(cause)), cause);
  }

  /** The same for a fault of a local disk, which Hadoop throws as an Error. */
  public StoreAccessException(String action, Object path, FSError cause) {
    this(action, path, LocalInput.fault(cause));
  }

  private static String reason(IOException cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
