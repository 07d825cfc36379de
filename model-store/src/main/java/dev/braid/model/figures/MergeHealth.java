package dev.braid.model.figures;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a merge found in the delta that it added, and what is left of every task, in version order.
 *
 * @param added empty if a task was removed from the model, or an older release merged it
 */
public record MergeHealth(List<OfTask> tasks, Optional<OfDelta> added) {
  /** For a model that has learned nothing, or of which nothing is known. */
  public static final MergeHealth NONE = new MergeHealth(List.of(), Optional.empty());

  /**
   * What is left of one task.
   *
   * @param covered the number of coordinates at which the task still agrees with the unified delta
   * @param coordinates the number of all coordinates
   * @param lostGroups names of the groups that had values and have none left
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

  /**
   * Figures of the new delta.
   *
   * @param size the mean magnitude of its coordinates
   * @param usualSize the median size of the other tasks' deltas, if there are any
   * @param conflicts the share of its non-zero coordinates whose sign is not the elected one
   * @param zeroGroups names of the groups of tensors that are 0 throughout
   * @param groups the number of all groups
   */
  public record OfDelta(
      TaskId task,
      double size,
      Optional<Double> usualSize,
      double conflicts,
      List<String> zeroGroups,
      int groups) {
    public OfDelta {
      zeroGroups = List.copyOf(zeroGroups);
    }
  }

  /**
   * The limits beyond which an operator is warned.
   *
   * @param sizeRatio how many times as large, or as small, a delta may be as the others; at least 1
   * @param conflicts as in {@link OfDelta}, in 0..1
   * @param zeroGroups the share of its groups that are 0 throughout, in 0..1
   * @param density the smallest share of the coordinates that is left of a task, in 0..1
   */
  public record Limits(double sizeRatio, double conflicts, double zeroGroups, double density) {
    /** Warns only of tasks and groups that are lost entirely. */
    public static final Limits NONE = new Limits(Double.POSITIVE_INFINITY, 1, 1, 0);

    public Limits {
      Check.argument(sizeRatio >= 1, "Invalid max-size-ratio: %s (at least 1)", sizeRatio);
      checkShare("max-sign-conflicts", conflicts);
      checkShare("max-zero-tensors", zeroGroups);
      checkShare("min-density", density);
    }

    private static void checkShare(String name, double share) {
      Check.argument(share >= 0 && share <= 1, "Invalid %s: %s (0 to 100)", name, 100 * share);
    }
  }

  public MergeHealth {
    tasks = List.copyOf(tasks);
  }

  /**
   * The warnings for an operator before this becomes a version, each as a sentence.
   *
   * @param before the health of its parent, whose warnings are not repeated
   */
  public List<String> alarmsSince(MergeHealth before, Limits limits) {
    List<String> alarms = new ArrayList<>();
    added.ifPresent(delta -> addAlarms(delta, limits, alarms));
    newly(OfTask::lost, before)
        .forEach(
            task ->
                alarms.add(
                    "Nothing of task %s is left in the unified delta".formatted(task.task())));
    newly(task -> !task.lost() && task.density() < limits.density(), before)
        .forEach(
            task ->
                alarms.add(
                    text(
                        "Task %s agrees with the unified delta at %.1f %% of the coordinates alone"
                            + " (at least %.1f %%)",
                        task.task(), 100 * task.density(), 100 * limits.density())));
    return alarms;
  }

  private static void addAlarms(OfDelta delta, Limits limits, List<String> alarms) {
    delta
        .usualSize()
        .map(usual -> delta.size() / usual)
        .filter(ratio -> ratio > limits.sizeRatio() || ratio < 1 / limits.sizeRatio())
        .ifPresent(
            ratio ->
                alarms.add(
                    text(
                        "The delta of %s is %.3g times as large as those of the others (%.3g to"
                            + " %.3g)",
                        delta.task(), ratio, 1 / limits.sizeRatio(), limits.sizeRatio())));
    if (delta.conflicts() > limits.conflicts()) {
      alarms.add(
          text(
              "Of the delta of %s, %.1f %% of the signs are not the elected ones (at most %.1f %%)",
              delta.task(), 100 * delta.conflicts(), 100 * limits.conflicts()));
    }
    if (delta.zeroGroups().size() > limits.zeroGroups() * delta.groups()) {
      alarms.add(
          text(
              "Of the delta of %s, %d of %d groups of tensors are 0 throughout (at most %.1f %%),"
                  + " the first is %s",
              delta.task(),
              delta.zeroGroups().size(),
              delta.groups(),
              100 * limits.zeroGroups(),
              delta.zeroGroups().get(0)));
    }
  }

  /** The tasks for which the condition holds and did not hold before. */
  private List<OfTask> newly(Predicate<OfTask> sick, MergeHealth before) {
    Set<TaskId> known =
        before.tasks.stream().filter(sick).map(OfTask::task).collect(Collectors.toSet());
    return tasks.stream().filter(sick).filter(task -> !known.contains(task.task())).toList();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** The same without one task. */
  public MergeHealth without(TaskId task) {
    return new MergeHealth(
        tasks.stream().filter(each -> !each.task().equals(task)).toList(), Optional.empty());
  }
}
