package dev.braid.store.json;

/** A stored file is intact, but only a newer release understands it: use that release. */
public final class NewerReleaseException extends StoreFormatException {
  public NewerReleaseException(String message) {
    super(message);
  }
}
