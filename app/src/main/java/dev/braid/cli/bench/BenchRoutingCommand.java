package dev.braid.cli.bench;

import dev.braid.Braid;
import dev.braid.bench.routing.RoutingBench;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.driver.Ingest;
import dev.braid.driver.Request;
import dev.braid.driver.line.EvaluationSets;
import dev.braid.inference.EvaluationSet;
import dev.braid.jobs.encode.EncodeJob;
import dev.braid.jobs.encode.StatisticsJob;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.model.record.ModelRecord;
import dev.braid.report.MatrixTable;
import dev.braid.settings.Settings;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures routing by statistics. */
@Command(
    name = "routing",
    header = "Measure how well the task of a picture is found.",
    sortOptions = false,
    description = {
      "Measures routing by statistics on the test pictures of the tasks of a line, or of all tasks"
          + " in the inbox if the line has learned nothing. Nothing is trained: the base's features"
          + " are all that it needs.",
      "",
      "Prints for each task the share of its pictures that are routed to it, and the share taken"
          + " for pictures of no learned task; then, as if it had not been learned, how well its"
          + " pictures are told from those of the other tasks (AUROC), and the share of them that"
          + " is noticed.",
      ""
    })
final class BenchRoutingCommand implements Callable<Integer> {
  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() {
    Console console = options.console();
    try (Braid braid = Braid.open(options.settings())) {
      StoreLocation location = braid.store().location();
      RoutingBench bench =
          new RoutingBench(
              braid.store(),
              new StatisticsJob(braid.spark(), location),
              new EncodeJob(braid.spark(), location));
      List<RoutingBench.Row> rows = bench.run(sets(braid, options.progress()));
      console.line("%-16s %8s %8s %8s %8s", "task", "routed", "flagged", "AUROC", "noticed");
      rows.forEach(row -> console.line("%s", line(row.task().name(), List.of(row))));
      console.line("%s", line("mean", rows));
      console.result(new JsonObject().with("tasks", rows, BenchRoutingCommand::json));
    }
    return ExitCode.DONE.code();
  }

  private static List<EvaluationSet> sets(Braid braid, ProgressListener progress) {
    ModelRecord model = braid.line().head().model();
    if (!model.tasks().isEmpty()) {
      return EvaluationSets.of(braid.store(), model);
    }
    Settings settings = braid.settings();
    Ingest ingest = new Ingest(braid.spark(), braid.store(), progress);
    return braid.store().inbox().files().stream()
        .map(settings::request)
        .map(request -> set(ingest, request))
        .toList();
  }

  private static EvaluationSet set(Ingest ingest, Request request) {
    return new EvaluationSet(request.task(), ingest.run(request), request.templates());
  }

  private static String line(String name, List<RoutingBench.Row> rows) {
    return "%-16s %8s %8s %8s %8s"
        .formatted(
            name,
            mean(rows, RoutingBench.Row::routed),
            mean(rows, RoutingBench.Row::flagged),
            mean(rows, RoutingBench.Row::auroc),
            mean(rows, RoutingBench.Row::detected));
  }

  private static String mean(
      List<RoutingBench.Row> rows, ToDoubleFunction<RoutingBench.Row> figure) {
    return MatrixTable.percent(rows.stream().mapToDouble(figure).average().orElseThrow());
  }

  private static JsonObject json(RoutingBench.Row row) {
    return new JsonObject()
        .with("task", row.task())
        .with("routed", row.routed())
        .with("flagged", row.flagged())
        .with("auroc", row.auroc())
        .with("detected", row.detected());
  }
}
