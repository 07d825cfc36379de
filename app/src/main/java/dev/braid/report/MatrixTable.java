package dev.braid.report;

import dev.braid.model.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Formats a matrix for a terminal: percentages, one row per version, the learned task's cell
 * marked.
 */
public final class MatrixTable {
  private static final int NARROWEST = 8;
  private static final int NARROWEST_LABEL = 18;
  private static final String AFTER = "after ";

  private MatrixTable() {}

  /** The matrix as lines. */
  public static List<String> lines(Matrix matrix) {
    List<String> lines = new ArrayList<>();
    lines.add(header(matrix.tasks()));
    for (int step = 0; step < matrix.rows().size(); step++) {
      lines.add(row(matrix, step));
    }
    return lines;
  }

  /** The metrics of METHODS 5 as lines. */
  public static List<String> metrics(Matrix matrix) {
    return List.of(
        "Last      %s  accuracy at the end, mean over the tasks".formatted(padded(matrix.last())),
        "Average   %s  mean over all versions and tasks".formatted(padded(matrix.average())),
        "Transfer  %s  accuracy on tasks not yet learned (base: %s)"
            .formatted(padded(matrix.transfer()), percent(matrix.zeroShot())));
  }

  static String padded(double share) {
    return right(percent(share), 6);
  }

  private static String header(List<TaskId> tasks) {
    StringBuilder line = new StringBuilder(label("", tasks));
    tasks.forEach(task -> line.append(right(task.name() + " ", width(task))));
    return line.toString();
  }

  private static String row(Matrix matrix, int step) {
    String label = step == 0 ? "base" : AFTER + matrix.tasks().get(step - 1);
    StringBuilder line = new StringBuilder(label(label, matrix.tasks()));
    for (int task = 1; task <= matrix.tasks().size(); task++) {
      String mark = task == step ? "*" : " ";
      line.append(
          right(percent(matrix.at(step, task)) + mark, width(matrix.tasks().get(task - 1))));
    }
    return line.toString();
  }

  /** A row of figures to print below a matrix of these tasks. */
  static String row(String label, List<TaskId> tasks, List<Double> shares) {
    StringBuilder line = new StringBuilder(label(label, tasks));
    for (int i = 0; i < tasks.size(); i++) {
      line.append(right(percent(shares.get(i)) + " ", width(tasks.get(i))));
    }
    return line.toString();
  }

  /** A share as a percentage with one decimal; a dash if it is missing. */
  public static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private static int width(TaskId task) {
    return Math.max(NARROWEST, task.name().length() + 2);
  }

  /** The first column, wide enough for every task's row. */
  private static String label(String text, List<TaskId> tasks) {
    int longest = tasks.stream().mapToInt(task -> task.name().length()).max().orElse(0);
    int width = Math.max(NARROWEST_LABEL, AFTER.length() + longest + 1);
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(1, width - text.length())) + text;
  }
}
