package dev.braid.store.commit;

/** Somebody else committed first: nothing was changed; run again on the new head. */
public final class CommitConflictException extends Exception {
  public CommitConflictException(String message) {
    super(message);
  }
}
