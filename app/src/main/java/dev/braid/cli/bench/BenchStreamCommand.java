package dev.braid.cli.bench;

import dev.braid.Braid;
import dev.braid.SparkContexts;
import dev.braid.bench.stream.StreamEvaluation;
import dev.braid.bench.stream.StreamIngest;
import dev.braid.bench.stream.StreamIngest.StreamRequest;
import dev.braid.bench.stream.StreamLab;
import dev.braid.bench.stream.StreamPlan;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.driver.strategy.Strategies;
import dev.braid.driver.strategy.Strategy;
import dev.braid.driver.strategy.StreamJobs;
import dev.braid.driver.strategy.StreamTask;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.rule.RuleJob;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.Provenance;
import dev.braid.model.record.InboxFile;
import dev.braid.report.StreamReport;
import dev.braid.report.page.ReportFolder;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import dev.braid.settings.TaskFile;
import dev.braid.store.ModelStore;
import dev.braid.store.json.JsonObject;
import dev.braid.vlm.train.TrainSettingsCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns a stream of tasks with every strategy and compares the results. */
@Command(
    name = "stream",
    header = "Learn a stream of tasks with every strategy and write a report.",
    sortOptions = false,
    description = {
      "Learns tasks one after the other with every strategy, in every order and with every seed"
          + " that the file lists, evaluates each under every protocol, and writes one report:"
          + " index.html, report.json and report.csv.",
      "",
      "DIR/store keeps all trained models and shares them between strategies: run the command again"
          + " after an interruption, or with more strategies, and no work is repeated. The base and"
          + " the folders of pictures are read only once: for a different base or other pictures,"
          + " use another DIR.",
      ""
    })
final class BenchStreamCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Settings with a group braid.stream, such as conf/real-stream.conf.")
  @Nullable Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write the store and the report (default: ${DEFAULT-VALUE}).")
  Path out = Path.of("braid-stream");

  @Option(names = "--strategies", description = "List the strategies and exit.")
  boolean list;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws IOException {
    Console console = options.console();
    if (list) {
      Strategies.all().forEach(strategy -> console.line(line(strategy)));
      return ExitCode.DONE.code();
    }
    if (file == null) {
      throw new SettingsException("Nothing to compare: give a FILE with a group braid.stream");
    }
    options.file = file.toString();
    options.store = options.store == null ? out.resolve("store").toString() : options.store;
    StreamFile stream = new StreamFile(options.settings(), file);
    StreamPlan plan = stream.plan();
    ReportFolder folder = ReportFolder.at(out);
    ModelStore store = store(stream);
    List<String> failures = new ArrayList<>();
    Path page = folder.write(report(stream, plan, store, failures, options.progress()));
    console.line("Report: %s", page);
    failures.forEach(failure -> console.error("Could not measure %s", failure));
    console.result(
        new JsonObject().with("page", page).with("failures", failures, failure -> failure));
    return (failures.isEmpty() ? ExitCode.DONE : ExitCode.FAILED).code();
  }

  private static String line(Strategy strategy) {
    return "%-28s %s  %s"
        .formatted(
            strategy.name(),
            strategy.source(),
            strategy.settings().isEmpty() ? "" : strategy.settings());
  }

  private static ModelStore store(StreamFile stream) throws IOException {
    Settings settings = stream.settings();
    return ModelStore.exists(settings.location())
        ? ModelStore.open(settings.location())
        : Braid.create(settings, stream.base());
  }

  private static StreamReport report(
      StreamFile stream,
      StreamPlan plan,
      ModelStore store,
      List<String> failures,
      ProgressListener progressListener) {
    Settings settings = stream.settings();
    List<StreamRequest> streamRequests =
        stream.tasks().stream().map(task -> streamRequest(stream, store, task)).toList();
    try (JavaSparkContext spark = SparkContexts.open(settings)) {
      List<StreamTask> tasks = new StreamIngest(spark, store, progressListener).run(streamRequests);
      StreamLab streamLab =
          new StreamLab(
              spark,
              StreamJobs.of(
                  spark,
                  settings.location(),
                  stream.adapters(),
                  settings.trainingLimits(),
                  progressListener),
              tasks);
      EvaluateJob job = new EvaluateJob(spark, settings.location());
      StreamEvaluation.Outcome measured =
          new StreamEvaluation(
                  streamLab, job, new RuleJob(spark, settings.location()), plan, progressListener)
              .run();
      failures.addAll(measured.failures());
      return new StreamReport(plan.title(), measured.results(), provenance(store, tasks, spark))
          .withReferences(Strategies.bounds());
    }
  }

  private static SortedMap<String, String> provenance(
      ModelStore store, List<StreamTask> tasks, JavaSparkContext spark) {
    SortedMap<String, String> provenance = new TreeMap<>();
    provenance.put("base", store.baseDigest().toString());
    for (StreamTask task : tasks) {
      provenance.put(
          "task " + task.task(),
          "data set %s, %s".formatted(task.dataset(), TrainSettingsCodec.toMap(task.full())));
    }
    Provenance.start(spark)
        .lasting()
        .forEach((name, value) -> provenance.put("report: " + name, value));
    return provenance;
  }

  private static StreamRequest streamRequest(StreamFile stream, ModelStore store, TaskFile task) {
    Settings settings = stream.settings();
    InboxFile request =
        store.inbox().files().stream()
            .filter(existing -> existing.text().equals(task.text()))
            .findFirst()
            .orElseGet(() -> Braid.put(store, settings, task));
    return new StreamRequest(
        settings.request(request), settings.train(stream.adapterTraining(task)));
  }
}
