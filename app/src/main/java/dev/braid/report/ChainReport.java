package dev.braid.report;

import dev.braid.model.Check;
import dev.braid.store.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How well a line kept its tasks, compared with single experts and a control.
 *
 * @param known the matrix under known-task
 * @param own the matrix under own-labels
 * @param individual the accuracy of each task's expert alone, before any merge
 * @param control the accuracy on each task of one model fine-tuned on all tasks in sequence; empty
 *     without a control
 * @param stageSeconds the duration of each stage that contributed to the line
 */
public record ChainReport(
    Matrix known,
    Matrix own,
    List<Double> individual,
    List<Double> control,
    SortedMap<String, Double> stageSeconds) {
  public ChainReport {
    stageSeconds = Collections.unmodifiableSortedMap(new TreeMap<>(stageSeconds));
    individual = List.copyOf(individual);
    control = List.copyOf(control);
    Check.argument(
        individual.size() == known.tasks().size()
            && (control.isEmpty() || control.size() == known.tasks().size()),
        "Invalid report: %s individual and %s control figures for %s tasks",
        individual.size(),
        control.size(),
        known.tasks().size());
  }

  /** The report of a measured line without a control. */
  public static ChainReport withoutControl(MeasuredLine line, Matrix known, Matrix own) {
    return new ChainReport(known, own, line.individual(), List.of(), line.stageSeconds());
  }

  /** The mean accuracy over the tasks of each expert alone. */
  public double meanIndividual() {
    return mean(individual);
  }

  /** The control's mean accuracy over the tasks at the end. */
  public double controlLast() {
    return mean(control);
  }

  private static double mean(List<Double> shares) {
    return shares.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** The report as JSON, shares as fractions. */
  public JsonObject toJson() {
    JsonObject alone = new JsonObject();
    for (int task = 0; task < individual.size(); task++) {
      alone.with(known.tasks().get(task).name(), individual.get(task));
    }
    JsonObject json =
        MatrixWriter.toJson(known)
            .with("protocol", "known-task")
            .with("individual", (Object) alone)
            .with("own_labels", MatrixWriter.toJson(own))
            .with("stage_seconds", stageSeconds);
    return control.isEmpty() ? json : json.with("control_last", controlLast());
  }

  /** The report for a terminal. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Accuracy in % on test pictures with known task (* = just learned):");
    lines.add("");
    lines.addAll(MatrixTable.lines(known));
    lines.add(MatrixTable.row("each expert alone", known.tasks(), individual));
    if (!control.isEmpty()) {
      lines.add(MatrixTable.row("control", known.tasks(), control));
    }
    lines.add("");
    lines.addAll(MatrixTable.metrics(known));
    if (!control.isEmpty()) {
      lines.add(
          "Control   %s  one model fine-tuned on the same domains in sequence: it forgets"
              .formatted(MatrixTable.padded(controlLast())));
    }
    lines.add(
        "Unknown   %s  accuracy at the end if a picture's domain is unknown"
            .formatted(MatrixTable.padded(own.last())));
    return lines;
  }
}
