package dev.braid.store.json;

/**
 * Stored text is not in the format this program reads: use the release that wrote it, or repair.
 */
public class StoreFormatException extends RuntimeException {
  public StoreFormatException(String message) {
    super(message);
  }

  public StoreFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
