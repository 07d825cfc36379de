package dev.braid.report.page;

import dev.braid.model.figures.CalibrationError.Bin;
import dev.braid.model.figures.Confusion;
import dev.braid.report.AlignmentFigures;
import dev.braid.report.AnswerFigures;
import dev.braid.report.Matrix;
import dev.braid.report.Metric;
import dev.braid.report.Result;
import dev.braid.report.RoutingTable;
import dev.braid.report.StreamReport;
import dev.braid.report.TaskFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes a report as CSV (RFC 4180), one figure a row: {@code
 * strategy,protocol,order,seed,figure,step,task,to,value}.
 *
 * <p>What does not apply is empty, and so is a value that is missing. Shares are fractions. The
 * step of a bin is its number, from 1. For confused classes, task and to are {@code TASK: CLASS}.
 */
final class CsvReport {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "strategy", "protocol", "order", "seed", "figure", "step", "task", "to", "value")
          .build();

  private final CSVPrinter printer;

  private CsvReport(CSVPrinter printer) {
    this.printer = printer;
  }

  /** The report's text. */
  static String of(StreamReport report) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      CsvReport csv = new CsvReport(printer);
      report.results().forEach(csv::add);
    } catch (IOException e) { // a StringBuilder takes everything
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void add(Result result) {
    addMatrix(result);
    for (Metric metric : Metric.values()) {
      add(result, metric.key(), "", "", "", number(metric.of(result.matrix())));
    }
    result.routing().ifPresent(routing -> addRouting(result, routing));
    result.answers().ifPresent(answers -> addAnswers(result, answers));
    result.tasks().forEach(task -> addTask(result, task));
    result.alignments().forEach(alignment -> addAlignment(result, alignment));
  }

  private void addMatrix(Result result) {
    Matrix matrix = result.matrix();
    for (int step = 0; step < matrix.rows().size(); step++) {
      for (int task = 1; task <= matrix.tasks().size(); task++) {
        add(
            result,
            "accuracy",
            Integer.toString(step),
            matrix.tasks().get(task - 1).name(),
            "",
            number(matrix.at(step, task)));
      }
    }
  }

  private void addRouting(Result result, RoutingTable routing) {
    for (int task = 0; task < routing.tasks().size(); task++) {
      for (int to = 0; to < routing.tasks().size(); to++) {
        add(
            result,
            "routed",
            "",
            routing.tasks().get(task).name(),
            routing.tasks().get(to).name(),
            Long.toString(routing.counts().get(task).get(to)));
      }
    }
  }

  private void addAnswers(Result result, AnswerFigures answers) {
    add(result, "calibration_error", "", "", "", number(answers.confidence().expected()));
    for (int i = 0; i < answers.confidence().bins().size(); i++) {
      Bin bin = answers.confidence().bins().get(i);
      String number = Integer.toString(i + 1);
      add(result, "bin_pictures", number, "", "", Long.toString(bin.pictures()));
      add(result, "bin_confidence", number, "", "", number(bin.meanConfidence()));
      add(result, "bin_accuracy", number, "", "", number(bin.accuracy()));
    }
    for (int i = 0; i < answers.tasks().size(); i++) {
      String task = answers.tasks().get(i).name();
      add(result, "of_no_task", "", task, "", Long.toString(answers.ofNoTask().get(i)));
      for (Confusion each : answers.confusions().get(i)) {
        add(
            result,
            "confused",
            "",
            task + ": " + each.className(),
            each.task() + ": " + each.answer(),
            Long.toString(each.pictures()));
      }
    }
  }

  private void addTask(Result result, TaskFigures task) {
    add(result, task, "classes", Integer.toString(task.classes()));
    add(result, task, "trained", Long.toString(task.trained()));
    add(result, task, "tested", Long.toString(task.tested()));
    add(result, task, "individual", number(task.individual()));
    add(result, task, "mask_density", number(task.density()));
    add(result, task, "relative_error", number(task.relativeError()));
    add(result, task, "cosine", number(task.cosine()));
  }

  private void add(Result result, TaskFigures task, String figure, String value) {
    add(result, figure, "", task.task().name(), "", value);
  }

  private void addAlignment(Result result, AlignmentFigures alignment) {
    String step = Integer.toString(alignment.step());
    String task = alignment.task().name();
    add(result, "conflicts_in_mask", step, task, "", number(alignment.inMask()));
    add(result, "conflicts_overall", step, task, "", number(alignment.overall()));
  }

  private void add(
      Result result, String figure, String step, String task, String to, String value) {
    try {
      printer.printRecord(
          result.contender().strategy(),
          result.conditions().protocol(),
          result.conditions().order(),
          result.conditions().seed(),
          figure,
          step,
          task,
          to,
          value);
    } catch (IOException e) { // as above
      throw new UncheckedIOException(e);
    }
  }

  private static String number(OptionalDouble value) {
    return number(value.orElse(Double.NaN));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}
