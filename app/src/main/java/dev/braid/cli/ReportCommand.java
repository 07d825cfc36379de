package dev.braid.cli;

import static java.util.Objects.requireNonNull;

import dev.braid.Braid;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.driver.merging.Reconstruction;
import dev.braid.driver.merging.ReconstructionJob;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.evaluate.EvaluationSpec;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.stage.Provenance;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.report.LineReport;
import dev.braid.report.MeasuredLine;
import dev.braid.report.StreamReport;
import dev.braid.report.page.ReportFolder;
import dev.braid.settings.Settings;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.JsonObject;
import dev.braid.store.json.ModelParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes all measurements of a line as a page, JSON and CSV. */
@Command(
    name = "report",
    header = "Write a report on a line: a page, JSON and CSV.",
    sortOptions = false,
    description = {
      "Evaluates the base and every version of a line on the test pictures of all its tasks, under"
          + " every protocol, and writes index.html (one file that needs no network), report.json"
          + " and report.csv: accuracies, metrics, curves, where pictures go, whether the"
          + " probabilities are right, masks and reconstruction errors of every task, and the"
          + " provenance of it all.",
      "",
      "index.html shows the classes that are confused most, with small copies of pictures: share it"
          + " only with people who may see the pictures.",
      "",
      "The store keeps every evaluation, so running the command again costs little.",
      ""
    })
final class ReportCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder to write into; an existing report is overwritten.")
  @Nullable Path out;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    Console console = options.console();
    ReportFolder folder = ReportFolder.at(requireNonNull(out, "out is null"));
    try (Braid braid = Braid.open(settings)) {
      Path page = folder.write(report(braid));
      console.line("Report: %s", page);
      console.result(new JsonObject().with("page", page));
    }
    return ExitCode.DONE.code();
  }

  private static StreamReport report(Braid braid) throws IOException {
    JavaSparkContext spark = braid.spark();
    StoreLocation store = braid.settings().location();
    MeasuredLine measured =
        new MeasuredLine(braid.store(), braid.line(), new EvaluateJob(spark, store));
    List<Reconstruction> errors =
        measured.model().isOneForAll()
            ? List.of()
            : new ReconstructionJob(spark, store)
                .run(Digest.of(ModelParser.toJson(measured.model())));
    List<EvaluationSpec> evaluationSpecs =
        Stream.of(Protocol.values())
            .map(protocol -> EvaluationSpec.of(protocol, Split.TEST))
            .toList();
    return new LineReport(braid.store(), braid.line().id(), measured)
        .of(evaluationSpecs, errors, Provenance.start(spark).lasting());
  }
}
