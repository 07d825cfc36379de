package dev.braid.model.record;

import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;

/**
 * A request to learn a task, as it was put in the inbox.
 *
 * @param number its position in the inbox, counted from 1
 * @param text the description of the task, as it was added
 * @param digest digest of the stored file, which differs even if the same text is added twice
 */
public record InboxFile(int number, TaskId task, String text, Digest digest) {
  /** Replaces the text of a request that was purged. */
  public static final String PURGED = "purged";

  public InboxFile {
    Check.argument(number > 0, "Invalid inbox number: %s (positive)", number);
  }

  /** True if only its number and the task's name are left. */
  public boolean isPurged() {
    return text.equals(PURGED);
  }
}
