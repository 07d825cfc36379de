package dev.braid.store.commit;

/** Another process committed first, and nothing was changed: run again on the new head. */
public final class CommitConflictException extends Exception {
  public CommitConflictException(String message) {
    super(message);
  }
}
