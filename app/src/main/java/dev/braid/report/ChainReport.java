package dev.braid.report;

import dev.braid.jobs.evaluate.EvaluationSpec;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.model.Check;
import dev.braid.model.Split;
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
 * @param union the matrix under union-labels
 * @param routed the share of pictures that the last model routes to their own task; missing if it
 *     does not route
 * @param calibrationError the expected calibration error of the last model under union-labels;
 *     missing if it has no probabilities
 * @param individual the accuracy of each task's expert alone, before any merge
 * @param control the accuracy on each task of one model fine-tuned on all tasks in sequence; empty
 *     without a control
 * @param stageSeconds the duration of each stage that contributed to the line
 */
public record ChainReport(
    Matrix known,
    Matrix own,
    Matrix union,
    double routed,
    double calibrationError,
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

  /**
   * The report of a measured line.
   *
   * @param control as in the record
   */
  public static ChainReport of(MeasuredLine line, List<Double> control) {
    EvaluationSpec union = EvaluationSpec.of(Protocol.UNION_LABELS, Split.TEST);
    return new ChainReport(
        line.matrix(EvaluationSpec.of(Protocol.KNOWN_TASK, Split.TEST)),
        line.matrix(EvaluationSpec.of(Protocol.OWN_LABELS, Split.TEST)),
        line.matrix(union),
        line.routing(union).map(RoutingTable::right).orElse(Matrix.MISSING),
        line.answers(union).map(answers -> answers.confidence().expected()).orElse(Matrix.MISSING),
        line.individual(),
        control,
        line.stageSeconds());
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
            .with("union_labels", MatrixWriter.toJson(union))
            .with("stage_seconds", stageSeconds);
    if (!Double.isNaN(routed)) {
      json.with("routed", routed);
    }
    if (!Double.isNaN(calibrationError)) {
      json.with("calibration_error", calibrationError);
    }
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
    lines.add("");
    lines.add("If nobody names the task of a picture, at the end:");
    lines.add("");
    lines.add(
        "own-labels    %s  candidates are the classes of its task"
            .formatted(MatrixTable.padded(own.last())));
    lines.add(
        "union-labels  %s  candidates are the classes of all tasks"
            .formatted(MatrixTable.padded(union.last())));
    if (!Double.isNaN(routed)) {
      lines.add(
          "routed        %s  of the pictures reach the expert of their own task first"
              .formatted(MatrixTable.padded(routed)));
    }
    if (!Double.isNaN(calibrationError)) {
      lines.add(
          "calibration   %s  points between confidence and accuracy (expected calibration error)"
              .formatted(MatrixTable.padded(calibrationError)));
    }
    return lines;
  }
}
