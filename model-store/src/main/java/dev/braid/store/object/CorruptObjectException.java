package dev.braid.store.object;

/**
 * Stored bytes are not what was stored: restore the file from a copy, or make the content again.
 */
public final class CorruptObjectException extends RuntimeException {
  public CorruptObjectException(String message) {
    super(message);
  }
}
