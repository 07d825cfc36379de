package dev.braid.cli;

import dev.braid.Braid;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
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
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures all versions of a line. */
@Command(
    name = "evaluate",
    header = "Measure all versions on the test pictures.",
    sortOptions = false,
    description = {
      "Measures the base and every version of a line on the test pictures of all its tasks, and"
          + " prints the matrix of accuracies with Transfer, Average and Last.",
      "",
      "Every measurement is kept in the store: asking again costs nothing.",
      ""
    })
final class EvaluateCommand implements Callable<Integer> {
  @Option(
      names = "--protocol",
      paramLabel = "P",
      description =
          "What is known at test time: known-task (the task is), own-labels (only the tested set's"
              + " classes are) or union-labels (the classes of all tasks learned so far are)."
              + " Default: known-task.")
  String protocol = "known-task";

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write both protocols, what every expert reaches alone, and the seconds of every stage to"
              + " this file as JSON.")
  @Nullable Path report;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    Console console = options.console();
    Protocol asked = protocol(protocol);
    try (Braid braid = Braid.open(settings)) {
      MeasuredLine measured =
          new MeasuredLine(
              braid.store(), braid.line(), new EvaluateJob(braid.spark(), settings.location()));
      Matrix matrix = measured.matrix(settings.answering(asked));
      MatrixTable.lines(matrix).forEach(console::line);
      MatrixTable.metrics(matrix).forEach(console::line);
      OptionalDouble routed =
          measured.routing(settings.answering(asked)).stream()
              .mapToDouble(RoutingTable::right)
              .findFirst();
      routed.ifPresent(
          share ->
              console.line(
                  "Routed    %6s  pictures whose own task was found nearest, at the end",
                  MatrixTable.percent(share)));
      if (report != null) {
        Files.write(report, report(measured, settings).toJson().bytes());
        console.line("Report: %s", report);
      }
      JsonObject result = MatrixWriter.toJson(matrix).with("protocol", protocol);
      routed.ifPresent(share -> result.with("routed", share));
      console.result(result);
    }
    return ExitCode.DONE.code();
  }

  private static ChainReport report(MeasuredLine measured, Settings settings) {
    return ChainReport.withoutControl(
        measured,
        measured.matrix(settings.answering(Protocol.KNOWN_TASK)),
        measured.matrix(settings.answering(Protocol.OWN_LABELS)));
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
