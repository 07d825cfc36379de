package dev.braid.store.json;

/**
 * A stored file is not in the format that this program reads: use the release that wrote it, or
 * repair the file.
 */
public class StoreFormatException extends RuntimeException {
  public StoreFormatException(String message) {
    super(message);
  }

  public StoreFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
