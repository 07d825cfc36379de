package dev.braid.driver;

import dev.braid.model.TaskId;
import dev.braid.model.Version;
import java.util.List;

/**
 * What became of a task.
 *
 * @param version which says so
 * @param published whether its model knows the task now
 * @param reasons what speaks against the task; a forced one is published all the same
 */
public record Decision(Version version, TaskId task, boolean published, List<String> reasons) {
  public Decision {
    reasons = List.copyOf(reasons);
  }
}
