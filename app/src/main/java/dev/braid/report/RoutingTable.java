package dev.braid.report;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Score;
import java.util.List;
import java.util.Optional;

/**
 * The task whose expert the last model chose first, for pictures of unknown task.
 *
 * @param tasks in the order of learning
 * @param counts numbers of pictures; row i counts those of the i-th task, column j those routed to
 *     the j-th
 */
public record RoutingTable(List<TaskId> tasks, List<List<Long>> counts) {
  public RoutingTable {
    tasks = List.copyOf(tasks);
    counts = counts.stream().map(List::copyOf).toList();
    Check.argument(
        counts.size() == tasks.size(),
        "Invalid routing table: %s rows for %s tasks",
        counts.size(),
        tasks.size());
    for (List<Long> row : counts) {
      Check.argument(
          row.size() == tasks.size(),
          "Invalid routing table: a row of %s for %s tasks",
          row.size(),
          tasks.size());
      row.forEach(
          count ->
              Check.argument(count >= 0, "Invalid routing table: %s pictures (at least 0)", count));
    }
  }

  /**
   * The routing of all tasks' pictures, taken from their scores.
   *
   * @param scores one per task; without nearest tasks the result is empty
   */
  public static Optional<RoutingTable> of(List<TaskId> tasks, List<Score> scores) {
    return scores.stream().allMatch(score -> score.nearest().isEmpty())
        ? Optional.empty()
        : Optional.of(
            new RoutingTable(tasks, scores.stream().map(score -> row(tasks, score)).toList()));
  }

  private static List<Long> row(List<TaskId> tasks, Score score) {
    return tasks.stream().map(task -> score.nearest().getOrDefault(task, 0L)).toList();
  }

  /** The number of pictures of a task; tasks count from 0. */
  public long pictures(int task) {
    return counts.get(task).stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The share of a task's pictures that were routed to a given task; missing if it has no pictures.
   */
  public double share(int task, int to) {
    return share(counts.get(task).get(to), pictures(task));
  }

  /** The share of all pictures that were routed to their own task; missing if there are none. */
  public double right() {
    long right = 0;
    long all = 0;
    for (int task = 0; task < tasks.size(); task++) {
      right += counts.get(task).get(task);
      all += pictures(task);
    }
    return share(right, all);
  }

  private static double share(long part, long all) {
    return all == 0 ? Matrix.MISSING : (double) part / all;
  }
}
