package dev.braid.driver.merging;

import dev.braid.model.TaskId;

/** A task cannot be learned: it is set aside, and the head stays. */
public final class RefusedTaskException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public RefusedTaskException(String reason) {
    super(reason);
  }

  RefusedTaskException(String message, Object... values) {
    super(message.formatted(values));
  }

  static RefusedTaskException alreadyLearned(TaskId task) {
    return new RefusedTaskException(
        "Cannot merge task %s: the version has learned it already", task);
  }
}
