package dev.braid.demo;

import dev.braid.Braid;
import dev.braid.demo.world.Domain;
import dev.braid.demo.world.World;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.driver.line.Line;
import dev.braid.driver.strategy.Sequential;
import dev.braid.driver.strategy.Trainer;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.TrainJob;
import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;
import dev.braid.report.ChainReport;
import dev.braid.report.MeasuredLine;
import dev.braid.store.ModelStore;
import dev.braid.store.commit.CommitConflictException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs the whole chain with the code of the commands. */
public final class DemoRun {
  private final DemoFolder folder;
  private final DemoPlan plan;
  private final ProgressListener progressListener;

  public DemoRun(DemoFolder folder, DemoPlan plan, ProgressListener progressListener) {
    this.folder = folder;
    this.plan = plan.in(folder.store());
    this.progressListener = progressListener;
  }

  /** The result of the demo. */
  public record Result(ChainReport report, Outcome outcome, Line line) {}

  /** Draws, learns, evaluates and reports; it skips what is already done. */
  public Result run() throws IOException, CommitConflictException {
    createStore();
    try (Braid braid = Braid.open(plan.settings())) {
      fillInbox(braid);
      progressListener.say(
          "learning %d domains one after the other".formatted(plan.domains().size()));
      Outcome outcome = braid.run(List.of(), progressListener);
      if (!outcome.failed().isEmpty()) {
        throw outcome.failed().get(0).cause();
      }
      if (outcome.conflict().isPresent()) {
        throw outcome.conflict().get().cause();
      }
      ChainReport report = measure(braid.spark(), braid.store(), braid.line());
      folder.writeReport(report.toJson().bytes());
      return new Result(report, outcome, braid.line());
    }
  }

  private void createStore() throws IOException {
    if (!Files.exists(folder.store().resolve("store.json"))) {
      progressListener.say("creating a store for a CLIP that was pre-trained on other drawings");
      var unused = Braid.create(plan.settings(), folder.base());
    }
  }

  private void fillInbox(Braid braid) throws IOException {
    Set<TaskId> inInbox =
        braid.store().inbox().files().stream().map(InboxFile::task).collect(Collectors.toSet());
    World world = new World(plan.seed());
    for (Domain domain : plan.domains()) {
      if (!inInbox.contains(new TaskId(domain.name()))) {
        progressListener.say(
            "drawing %s: %d classes".formatted(domain.name(), domain.classNames().size()));
        var unused = braid.add(plan.task(domain, folder.pictures(world, domain, plan.counts())));
      }
    }
  }

  /** The control trains on one core while the versions are measured on the other. */
  private ChainReport measure(JavaSparkContext spark, ModelStore store, Line line) {
    progressListener.say("measuring every version; a control is trained at the same time");
    Trainer trainer =
        new Trainer(
            new TrainJob(spark, plan.settings().location(), plan.settings().trainingLimits()),
            progressListener);
    ExecutorService background = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<WeightsRef> control =
          CompletableFuture.supplyAsync(
              () ->
                  Sequential.baseline(
                      trainer, store, line.head().model(), plan.settings().rounds()),
              background);
      MeasuredLine measured =
          new MeasuredLine(store, line, new EvaluateJob(spark, plan.settings().location()));
      return ChainReport.of(measured, measured.alone(control.join()));
    } finally {
      background.shutdownNow(); // if measuring failed, the control is of no use
    }
  }
}
