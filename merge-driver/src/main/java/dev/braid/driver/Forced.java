package dev.braid.driver;

import dev.braid.model.TaskId;
import java.util.Set;

/** The tasks that an operator publishes whatever the gate says. */
public record Forced(Set<TaskId> tasks) {
  /** Nothing is forced. */
  public static final Forced NONE = new Forced(Set.of());

  public Forced {
    tasks = Set.copyOf(tasks);
  }

  /** Whether the task is published whatever the gate says. */
  boolean covers(TaskId task) {
    return tasks.contains(task);
  }
}
