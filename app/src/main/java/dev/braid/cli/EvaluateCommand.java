package dev.braid.cli;

import dev.braid.Braid;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.evaluate.EvaluationSpec;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.model.Split;
import dev.braid.report.AnswerFigures;
import dev.braid.report.ChainReport;
import dev.braid.report.Matrix;
import dev.braid.report.MatrixTable;
import dev.braid.report.MatrixWriter;
import dev.braid.report.MeasuredLine;
import dev.braid.report.RoutingTable;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import dev.braid.store.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Evaluates all versions of a line. */
@Command(
    name = "evaluate",
    header = "Evaluate all versions on the test pictures.",
    sortOptions = false,
    description = {
      "Evaluates the base and every version of a line on the test pictures of all its tasks, and"
          + " prints the accuracy matrix with Transfer, Average and Last, and of the last version"
          + " the expected calibration error; where it routes pictures, also the share that reach"
          + " their own task, and the share taken for pictures of no learned task.",
      "",
      "The store keeps every evaluation, so running the command again costs nothing.",
      ""
    })
final class EvaluateCommand implements Callable<Integer> {
  @Option(
      names = "--protocol",
      paramLabel = "P",
      description =
          "What is known at test time: known-task (the task), own-labels (only the classes of the"
              + " test set) or union-labels (the classes of all tasks learned so far). Default:"
              + " known-task.")
  String protocol = "known-task";

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write the results of all protocols, the accuracy of every expert alone and"
              + " the seconds of every stage to this file as JSON.")
  @Nullable Path report;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    Console console = options.console();
    Protocol requested = protocol(protocol);
    try (Braid braid = Braid.open(settings)) {
      MeasuredLine measured =
          new MeasuredLine(
              braid.store(), braid.line(), new EvaluateJob(braid.spark(), settings.location()));
      Matrix matrix = measured.matrix(EvaluationSpec.of(requested, Split.TEST));
      MatrixTable.lines(matrix).forEach(console::line);
      MatrixTable.metrics(matrix).forEach(console::line);
      OptionalDouble routed =
          measured.routing(EvaluationSpec.of(requested, Split.TEST)).stream()
              .mapToDouble(RoutingTable::right)
              .findFirst();
      routed.ifPresent(
          share ->
              console.line(
                  "Routed    %6s  of the pictures routed to their own task by the last version",
                  MatrixTable.percent(share)));
      Optional<AnswerFigures> answers = measured.answers(EvaluationSpec.of(requested, Split.TEST));
      answers.ifPresent(figures -> print(figures, routed.isPresent(), console));
      if (report != null) {
        Files.write(report, ChainReport.of(measured, List.of()).toJson().bytes());
        console.line("Report: %s", report);
      }
      JsonObject result = MatrixWriter.toJson(matrix).with("protocol", protocol);
      routed.ifPresent(share -> result.with("routed", share));
      answers.ifPresent(
          figures -> result.with("calibration_error", figures.confidence().expected()));
      if (routed.isPresent()) {
        answers.ifPresent(figures -> result.with("of_no_task", figures.shareOfNoTask()));
      }
      console.result(result);
    }
    return ExitCode.DONE.code();
  }

  private static void print(AnswerFigures answers, boolean isRouted, Console console) {
    if (isRouted) {
      console.line(
          "No task   %6s  of the pictures taken for pictures of no learned task",
          MatrixTable.percent(answers.shareOfNoTask()));
    }
    console.line(
        "ECE       %6s  points between confidence and accuracy (expected calibration error)",
        MatrixTable.percent(answers.confidence().expected()));
  }

  private static Protocol protocol(String name) {
    try {
      return Protocol.of(name);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "Invalid --protocol %s (known-task, own-labels or union-labels)".formatted(name), e);
    }
  }
}
