package dev.braid.cli;

import dev.braid.cli.terminal.Sessions;
import dev.braid.demo.world.Domain;
import dev.braid.demo.world.World;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.driver.line.Forced;
import dev.braid.driver.line.Line;
import dev.braid.driver.strategy.Sequential;
import dev.braid.driver.strategy.Trainer;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.TrainJob;
import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;
import dev.braid.report.ChainReport;
import dev.braid.report.MeasuredLine;
import dev.braid.settings.TaskFile;
import dev.braid.store.ModelStore;
import dev.braid.store.commit.CommitConflictException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/** The whole chain, through the same code that the commands run. */
final class DemoRun {
  private final DemoFolder folder;
  private final DemoPlan plan;
  private final ProgressListener progressListener;

  DemoRun(DemoFolder folder, DemoPlan plan, ProgressListener progressListener) {
    this.folder = folder;
    this.plan = plan.in(folder.store());
    this.progressListener = progressListener;
  }

  /** What the demo ended with. */
  record Result(ChainReport report, Outcome outcome, Line line) {}

  /** Draws, learns, measures and reports; whatever is done already is not done again. */
  Result run() throws IOException, CommitConflictException {
    ModelStore store = store();
    fillInbox(store);
    Line line = RunCommand.line(store, plan.settings());
    try (JavaSparkContext spark = Sessions.open(plan.settings())) {
      progressListener.say(
          "learning %d domains one after the other".formatted(plan.domains().size()));
      Outcome outcome = RunCommand.run(plan.settings(), spark, line, Forced.NONE, progressListener);
      if (!outcome.failed().isEmpty()) {
        throw outcome.failed().get(0).cause();
      }
      ChainReport report = measure(spark, store, line);
      folder.writeReport(report.toJson().bytes());
      return new Result(report, outcome, line);
    }
  }

  private ModelStore store() throws IOException {
    if (Files.exists(folder.store().resolve("store.json"))) {
      return ModelStore.open(plan.settings().location());
    }
    progressListener.say("making a store for a CLIP that was pre-trained on other drawings");
    return InitCommand.create(plan.settings(), folder.base());
  }

  private void fillInbox(ModelStore store) throws IOException {
    Set<TaskId> there =
        store.inbox().files().stream().map(InboxFile::task).collect(Collectors.toSet());
    World world = new World(plan.seed());
    for (Domain domain : plan.domains()) {
      if (!there.contains(new TaskId(domain.name()))) {
        progressListener.say(
            "drawing %s: %d classes".formatted(domain.name(), domain.classNames().size()));
        TaskFile task = plan.task(domain, folder.pictures(world, domain, plan.counts()));
        var unused = AddCommand.add(store, plan.settings(), task);
      }
    }
  }

  /** The control trains on one core while the other measures. */
  private ChainReport measure(JavaSparkContext spark, ModelStore store, Line line) {
    progressListener.say("measuring every version; beside it, the control forgets");
    Trainer trainer =
        new Trainer(new TrainJob(spark, plan.settings().location()), progressListener);
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<WeightsRef> forgetful =
          CompletableFuture.supplyAsync(
              () ->
                  Sequential.baseline(
                      trainer, store, line.head().model(), plan.settings().rounds()),
              beside);
      MeasuredLine measured =
          new MeasuredLine(store, line, new EvaluateJob(spark, plan.settings().location()));
      return new ChainReport(
          measured.matrix(plan.settings().answering(Protocol.KNOWN_TASK)),
          measured.matrix(plan.settings().answering(Protocol.OWN_LABELS)),
          measured.individual(),
          measured.alone(forgetful.join()),
          measured.stageSeconds());
    } finally {
      beside.shutdownNow(); // if measuring failed, nobody wants the control any more
    }
  }
}
