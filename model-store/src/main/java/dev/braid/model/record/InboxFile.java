package dev.braid.model.record;

import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;

/**
 * A request to learn a task, as it was put in the inbox.
 *
 * @param number its place in the inbox, counted from 1
 * @param text what shall be learned, in the words of whoever put it there
 * @param digest digest of the stored file, which differs even if the text is put there twice
 */
public record InboxFile(int number, TaskId task, String text, Digest digest) {
  /** What stands in the place of the text of a request that was purged. */
  public static final String PURGED = "purged";

  public InboxFile {
    Check.argument(number > 0, "Invalid inbox number: %s (positive)", number);
  }

  /** True if nothing is left of it but its number and the task's name. */
  public boolean isPurged() {
    return text.equals(PURGED);
  }
}
