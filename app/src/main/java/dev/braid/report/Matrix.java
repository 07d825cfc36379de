package dev.braid.report;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The accuracies of a line's versions: row i is measured after merge step i, row 0 is the base; the
 * columns are the tasks in the order of learning. Shares in 0..1, {@link #MISSING} if a task was
 * not evaluated.
 *
 * <p>A metric is a mean over exactly the cells of its formula: if one of them is missing, so is the
 * metric, because a mean over other cells is a different figure.
 */
public record Matrix(List<TaskId> tasks, List<List<Double>> rows) {
  /** Represents an accuracy that was not measured and a metric that depends on one. */
  public static final double MISSING = Double.NaN;

  public Matrix {
    tasks = List.copyOf(tasks);
    rows = rows.stream().map(List::copyOf).toList();
    Check.argument(!tasks.isEmpty(), "Invalid matrix: no tasks (at least one)");
    Check.argument(
        rows.size() == tasks.size() + 1,
        "Invalid matrix: %s rows for %s tasks (one more than tasks)",
        rows.size(),
        tasks.size());
    for (List<Double> row : rows) {
      Check.argument(
          row.size() == tasks.size(),
          "Invalid matrix: a row of %s for %s tasks",
          row.size(),
          tasks.size());
      row.forEach(Matrix::checkAccuracy);
    }
  }

  private static void checkAccuracy(double share) {
    Check.argument(
        Double.isNaN(share) || (share >= 0 && share <= 1),
        "Invalid matrix: an accuracy of %s (0 to 1, or not-a-number if there is none)",
        share);
  }

  /** The accuracy after a merge step on a task, numbered as in METHODS 5: tasks from 1. */
  public double at(int step, int task) {
    return rows.get(step).get(task - 1);
  }

  /** The mean of row 0: the base on every task. */
  public double zeroShot() {
    return mean(0);
  }

  /** The mean over all tasks after a merge step. */
  public double mean(int step) {
    return mean(1, count(), task -> at(step, task));
  }

  /**
   * The accuracy on tasks not yet learned: the mean over j of the mean of column j above its own
   * row.
   */
  public double transfer() {
    return mean(2, count(), this::transfer);
  }

  /** One task's term of {@link #transfer()}, for the second task and later ones. */
  public double transfer(int task) {
    return mean(1, task - 1, step -> at(step, task));
  }

  /** The mean over all versions and tasks. */
  public double average() {
    return mean(1, count(), this::average);
  }

  /** One task's mean over all versions. */
  public double average(int task) {
    return mean(1, count(), step -> at(step, task));
  }

  /** The mean of the last row. */
  public double last() {
    return mean(count());
  }

  /** How later tasks changed the accuracy on earlier ones; negative if they were forgotten. */
  public double backwardTransfer() {
    return mean(1, count() - 1, task -> at(count(), task) - at(task, task));
  }

  /** The accuracy lost on earlier tasks: the negated backward transfer. */
  public double forgetting() {
    // Not -x, which turns 0 into -0.
    return 0 - backwardTransfer();
  }

  /** One task's accuracy at the end. */
  public double last(int task) {
    return at(count(), task);
  }

  /** How earlier tasks changed the accuracy on later ones before those were learned. */
  public double forwardTransfer() {
    return mean(2, count(), task -> at(task - 1, task) - at(0, task));
  }

  private int count() {
    return tasks.size();
  }

  /**
   * The mean over from..to; missing if the range is empty (one task has no transfer) or a value is
   * missing.
   */
  private static double mean(int from, int to, IntToDoubleFunction value) {
    return IntStream.rangeClosed(from, to).mapToDouble(value).average().orElse(MISSING);
  }
}
