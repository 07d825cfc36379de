package dev.braid.driver;

import dev.braid.model.TaskId;
import java.io.Serial;
import java.util.concurrent.CancellationException;

/** A task that is left to the next run because this one's time is over. */
final class PostponedException extends CancellationException {
  @Serial private static final long serialVersionUID = 1;

  PostponedException(TaskId task) {
    super("Postponed %s: the time of this run is over".formatted(task));
  }
}
