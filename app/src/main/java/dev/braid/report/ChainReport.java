package dev.braid.report;

import dev.braid.model.Check;
import dev.braid.store.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How well a line kept its tasks, beside what it is compared with.
 *
 * @param known the matrix where the task of a picture is known
 * @param own the matrix where it is not
 * @param individual per task the accuracy of its expert alone, before any merge
 * @param control per task the accuracy of one model fine-tuned through all tasks; empty if there is
 *     no control
 * @param stageSeconds how long each stage took that the line rests on
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

  /** The report of a measured line that no control stands beside. */
  public static ChainReport withoutControl(MeasuredLine line, Matrix known, Matrix own) {
    return new ChainReport(known, own, line.individual(), List.of(), line.stageSeconds());
  }

  /** The mean over the tasks of what each expert reaches alone. */
  public double meanIndividual() {
    return mean(individual);
  }

  /** The mean over the tasks of what the control has kept. */
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
    lines.add("Accuracy in % on test pictures, the task known (* = just learned):");
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
          "Control   %s  one model fine-tuned through the same domains: it forgets"
              .formatted(MatrixTable.padded(controlLast())));
    }
    lines.add(
        "Unknown   %s  accuracy at the end if nobody says which domain a picture is from"
            .formatted(MatrixTable.padded(own.last())));
    return lines;
  }
}
