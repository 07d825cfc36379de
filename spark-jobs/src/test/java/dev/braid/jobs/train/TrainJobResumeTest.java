package dev.braid.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.jobs.MicroStore;
import dev.braid.model.Digest;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.vector.Blobs;
import dev.braid.vlm.train.TrainingDivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Trainings that are killed, race with each other, or lose files. */
final class TrainJobResumeTest extends TrainingFixture {
  @Test
  void run_stoppedAfterARound_resumesThereToTheSameDelta() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    StoreLocation other = MicroStore.create(own.resolve("other"));
    for (int replicas : List.of(1, 2)) {
      Training training = micro.training(store, replicas, 3);
      Digest uninterrupted =
          new TrainJob(spark, other)
              .run(micro.training(other, replicas, 3), TrainJob.Progress.NONE);
      TrainJob job = new TrainJob(spark, store);
      assertThatThrownBy(
              () -> job.run(training, (step, steps, loss) -> MicroTraining.stop(step == 3)))
          .isInstanceOf(UncheckedIOException.class);
      List<Integer> reached = new ArrayList<>();
      Digest delta = job.run(training, (step, steps, loss) -> reached.add(step));
      assertThat(delta).isEqualTo(uninterrupted);
      assertThat(reached).containsExactly(6);
    }
  }

  @Test
  void run_afterALostShardOfItsDelta_trainsAgain() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    TrainJob job = new TrainJob(spark, store);
    Training training = micro.training(store, 1, 3);
    Digest delta = job.run(training, TrainJob.Progress.NONE);
    float[] values = MicroTraining.floats(store, delta);
    Blobs blobs = ModelStore.open(store).blobs();
    Files.delete(Path.of(URI.create(blobs.locations(blobs.get(delta)).get(1))));

    assertThat(job.run(training, TrainJob.Progress.NONE)).isEqualTo(delta);
    assertThat(MicroTraining.floats(store, delta)).containsExactly(values);
  }

  @Test
  void run_twiceAtOnce_givesBothTheSameDelta() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    for (int race = 0; race < 4; race++) {
      StoreLocation store = MicroStore.create(own.resolve("store" + race));
      Training training = micro.training(store, 1 + race % 2, 1);
      CyclicBarrier start = new CyclicBarrier(2);
      Callable<Digest> run =
          () -> {
            start.await();
            return new TrainJob(spark, store).run(training, TrainJob.Progress.NONE);
          };
      List<Future<Digest>> runs = List.of(threads.submit(run), threads.submit(run));
      assertThat(runs.get(1).get()).isEqualTo(runs.get(0).get());
      StoreLocation quiet = MicroStore.create(own.resolve("quiet" + race));
      assertThat(
              new TrainJob(spark, quiet)
                  .run(micro.training(quiet, 1 + race % 2, 1), TrainJob.Progress.NONE))
          .isEqualTo(runs.get(0).get());
    }
    threads.shutdown();
  }

  @Test
  void run_whoseRoundAnotherRunDeleted_continuesFromTheOthers() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    for (int replicas : List.of(1, 2)) {
      Training training = micro.training(store, replicas, 1);
      TrainJob job = new TrainJob(spark, store);
      List<Digest> others = new ArrayList<>();
      List<Integer> reached = new ArrayList<>();
      Digest delta =
          job.run(
              training,
              (step, steps, loss) -> {
                reached.add(step);
                if (step == 2) {
                  // The other run takes over, finishes and deletes its staging area.
                  others.add(job.run(training, TrainJob.Progress.NONE));
                }
              });
      assertThat(others).containsExactly(delta);
      assertThat(reached).containsExactly(1, 2);
    }
  }

  @Test
  void run_onALostRound_namesWhatIsMissing() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = micro.training(store, 1, 3);
    assertThatThrownBy(
            () ->
                new TrainJob(spark, store)
                    .run(
                        training,
                        (step, steps, loss) -> MicroTraining.area(store, training).drop(step)))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void run_withAReceiptAndALeftoverArea_deletesTheArea() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = micro.training(store, 1, 3);
    TrainJob job = new TrainJob(spark, store);
    job.run(training, TrainJob.Progress.NONE);
    new Checkpoints(MicroTraining.area(store, training).list()).add(TrainingCheckpoint.NONE);
    ModelStore opened = ModelStore.open(store);
    MicroTraining.area(store, training)
        .vectors(5)
        .writeFloats(opened.baseDigest(), opened.info().cut(), new float[3]);

    job.run(training, TrainJob.Progress.NONE);
    assertThat(ModelStore.open(store).stagingAreas()).isEmpty();
  }

  @Test
  void run_withAnInfiniteOuterStep_failsAndLeavesNoDelta() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = micro.training(store, 2, 3);
    TrainJob job = new TrainJob(spark, store);
    assertThatThrownBy(() -> job.run(training, (step, steps, loss) -> MicroTraining.stop(true)))
        .isInstanceOf(UncheckedIOException.class);
    TrainingArea area = MicroTraining.area(store, training);
    TrainingCheckpoint checkpoint = new Checkpoints(area.list()).latest().orElseThrow();
    float[] momentum = new float[(int) training.space().coordinates()];
    momentum[5] = Float.POSITIVE_INFINITY;
    Blobs blobs = area.vectors(3);
    Digest infinite =
        blobs.put(
            blobs.writeFloats(
                training.space().digest(), ModelStore.open(store).info().cut(), momentum));
    area.list().delete();
    new Checkpoints(area.list())
        .add(
            new TrainingCheckpoint(
                3,
                checkpoint.weights(),
                checkpoint.replicas(),
                List.of(infinite),
                Alignments.NONE));

    assertThatThrownBy(() -> job.run(training, TrainJob.Progress.NONE))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("a weight is -Infinity after the outer step");
    assertThat(own.resolve("store/receipts/train")).doesNotExist();
    assertThat(ModelStore.open(store).stagingAreas()).isEmpty();
  }
}
