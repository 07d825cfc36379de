package dev.braid.driver.strategy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.driver.merging.MergeFixture;
import dev.braid.driver.merging.TaskDraft;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.Training;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.TaskId;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.vlm.train.TrainSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every strategy trains a task with the longest name that is permitted. */
class LongNamesTest extends MergeFixture {
  private static final TaskId LONGEST = new TaskId("n".repeat(63));
  private static final Rounds ROUNDS = new Rounds(1, 10);
  private static final TrainSettings SETTINGS =
      new TrainSettings(8, 100, 2, 1e-2, 0.2, 0.9, 0.999, 1e-8, 0, /* seed= */ 7);

  /** What a training throws here instead of training. */
  private static final class Reached extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final Trainer trainer =
      new Trainer(
          (training, progress) -> {
            throw new Reached();
          },
          ProgressListener.SILENT);

  static List<Strategy> strategies() {
    return Strategies.all().stream().filter(each -> !(each instanceof ZeroShot)).toList();
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void learn_aTaskWithTheLongestName_reachesItsTraining(Strategy strategy) {
    ParameterSpace space = given.start(MergeState.DELTAS, RescalerKind.GLOBAL).space();
    StreamContext context =
        new StreamContext(
            new StreamJobs(given.store, trainer, MergeJobs.of(spark, given.location), space, space),
            List.of(streamTask(given.task(LONGEST.name(), given.randomDelta(1)))));

    assertThatThrownBy(() -> strategy.learn(context)).isInstanceOf(Reached.class);
  }

  @Test
  void baseline_ofALineWithTheLongestName_reachesItsTraining() {
    TaskDraft task = given.task(LONGEST.name(), given.randomDelta(1));
    ModelRecord empty = given.start(MergeState.DELTAS, RescalerKind.GLOBAL);
    StreamTask streamTask = streamTask(task);
    Training training =
        streamTask
            .trainRequest(TrainKind.FULL)
            .training(empty.space(), new WeightsRef.Base(), /* alignment= */ null);
    ModelRecord line = job.run(empty, streamTask.draft(training, task.delta())).record();

    assertThatThrownBy(() -> Sequential.baseline(trainer, given.store, line, ROUNDS))
        .isInstanceOf(Reached.class);
  }

  private static StreamTask streamTask(TaskDraft task) {
    return new StreamTask(
        LONGEST,
        task.classNames(),
        task.templates(),
        task.dataset(),
        task.prototypes(),
        new IngestRequest(ImageFolder.of("nowhere"), /* seed= */ 1),
        SETTINGS,
        SETTINGS,
        ROUNDS);
  }
}
