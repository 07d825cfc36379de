package dev.braid.store.file;

import java.io.IOException;
import org.apache.hadoop.fs.FSError;

/**
 * A file cannot be read or written, or a folder cannot be listed: look at the file system, then try
 * again.
 */
public final class StoreAccessException extends RuntimeException {
  /** Says what could not be done, to which path, and the file system's reason. */
  public StoreAccessException(String action, Object path, IOException cause) {
    super("Cannot %s %s: %s".formatted(action, path, reason(cause)), cause);
  }

  /** The same of a local disk's fault, which Hadoop makes an Error of. */
  public StoreAccessException(String action, Object path, FSError cause) {
    this(action, path, LocalInput.fault(cause));
  }

  private static String reason(IOException cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
