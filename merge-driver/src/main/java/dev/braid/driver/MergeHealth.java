package dev.braid.driver;

import dev.braid.model.TaskId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a merge left of every task, in version order. */
public record MergeHealth(List<OfTask> tasks) {
  /** Of a model that has learned nothing, or of which nothing is known. */
  static final MergeHealth NONE = new MergeHealth(List.of());

  /**
   * What is left of one task.
   *
   * @param covered the number of coordinates at which the task still agrees with the unified delta
   * @param coordinates the number of all
   * @param lostGroups names of the groups of tensors that had values and have none left
   * @param lost whether nothing of the whole task is left
   */
  public record OfTask(
      TaskId task, long covered, long coordinates, List<String> lostGroups, boolean lost) {
    public OfTask {
      lostGroups = List.copyOf(lostGroups);
    }

    /** The share of the coordinates at which it agrees. */
    public double density() {
      return (double) covered / coordinates;
    }
  }

  public MergeHealth {
    tasks = List.copyOf(tasks);
  }

  /**
   * What an operator must hear before this becomes a version, each as a sentence.
   *
   * @param before the version it is made from; what was lost there was heard then
   */
  public List<String> alarmsSince(MergeHealth before) {
    Set<TaskId> known =
        before.tasks.stream().filter(OfTask::lost).map(OfTask::task).collect(Collectors.toSet());
    return tasks.stream()
        .filter(task -> task.lost() && !known.contains(task.task()))
        .map(lost -> "Nothing of task %s is left in the unified delta".formatted(lost.task()))
        .toList();
  }

  /** The same without one task. */
  MergeHealth without(TaskId task) {
    return new MergeHealth(tasks.stream().filter(each -> !each.task().equals(task)).toList());
  }
}
