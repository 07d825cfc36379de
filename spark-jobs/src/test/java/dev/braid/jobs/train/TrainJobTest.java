package dev.braid.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.inference.WeightsRef;
import dev.braid.jobs.MicroStore;
import dev.braid.model.Digest;
import dev.braid.model.Weights;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.tensor.Compute;
import dev.braid.vlm.train.TrainSettings;
import dev.braid.vlm.train.TrainingDivergedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TrainJobTest extends TrainingFixture {
  @Test
  void run_withOneReplica_givesTheBitsOfThePlainLoop() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = micro.training(store, 1, 4);
    Digest delta = new TrainJob(spark, store).run(training, TrainJob.Progress.NONE);
    assertThat(MicroTraining.floats(store, delta))
        .isEqualTo(PlainLoop.delta(store, training, MicroStore.weights(1)));
  }

  @Test
  void run_withAllPicturesInATemporaryFile_givesTheSameBits() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = micro.training(store, 1, 4);
    Digest delta =
        new TrainJob(spark, store, new TrainingLimits(0, 0)).run(training, TrainJob.Progress.NONE);
    assertThat(MicroTraining.floats(store, delta))
        .isEqualTo(PlainLoop.delta(store, training, MicroStore.weights(1)));
  }

  @Test
  void run_onExecutorsThatAreTooSmall_isRefusedBeforeItStarts() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = micro.training(store, 1, 4);
    TrainJob small = new TrainJob(spark, store, new TrainingLimits(0, 1 << 20));

    assertThatThrownBy(() -> small.run(training, TrainJob.Progress.NONE))
        .isInstanceOf(TrainingMemoryException.class)
        .hasMessageMatching(
            "Cannot train: a training needs about \\d+ MiB outside an executor's heap, and there"
                + " are 1 MiB; lower .*");
    assertThat(own.resolve("store/staging/areas")).doesNotExist();
  }

  @Test
  void run_fromAnEarlierDelta_continuesFromIt() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    TrainJob job = new TrainJob(spark, store);
    Digest first = job.run(micro.training(store, 1, MicroTraining.STEPS), TrainJob.Progress.NONE);
    Training next =
        MicroTraining.from(
            micro.training(store, 1, 5), new WeightsRef.Tuned(MicroStore.space(store), first));
    Digest second = job.run(next, TrainJob.Progress.NONE);
    Weights tuned =
        new WeightsRef.Tuned(MicroStore.space(store), first).weights(ModelStore.open(store));
    assertThat(MicroTraining.floats(store, second)).isEqualTo(PlainLoop.delta(store, next, tuned));
  }

  @Test
  void run_again_findsTheReceiptAndLeavesNoCheckpoint() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    TrainJob job = new TrainJob(spark, store);
    Digest delta = job.run(micro.training(store, 1, 2), TrainJob.Progress.NONE);
    // With one replica, the length of a round has no effect.
    Digest again =
        job.run(micro.training(store, 1, 3), (step, steps, loss) -> MicroTraining.stop(true));
    assertThat(again).isEqualTo(delta);
    try (Stream<Path> left = Files.walk(own.resolve("store/staging"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void run_leavesAReceiptWithItsProvenance() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = micro.training(store, 1, 3);
    new TrainJob(spark, store).run(training, TrainJob.Progress.NONE);
    DatasetRecord dataset = ModelStore.open(store).records().dataset(training.dataset());

    Map<String, String> provenance =
        ModelStore.open(store)
            .receipts()
            .find("train", training.inputs(dataset))
            .orElseThrow()
            .provenance();

    assertThat(provenance)
        .containsEntry("code-version", "development")
        .containsEntry("java-version", System.getProperty("java.version"))
        .containsEntry("spark-master", spark.master())
        .containsEntry("spark-version", spark.version())
        .containsEntry("torch-threads", "1")
        .containsEntry("libtorch", "2.7.1")
        .containsEntry("device", "cpu")
        .containsOnlyKeys(
            "code-version",
            "cpu-bfloat16",
            "cpu-capability",
            "device",
            "driver-host",
            "duration",
            "java-version",
            "libtorch",
            "spark-master",
            "spark-version",
            "torch-threads");
    assertThat(Duration.parse(provenance.get("duration"))).isPositive();
  }

  @Test
  void run_inBfloat16_givesAnotherDeltaUnderAnotherReceipt() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    TrainJob job = new TrainJob(spark, store);
    Digest exact = job.run(micro.training(store, 1, 3), TrainJob.Progress.NONE);
    Digest coarse = job.run(micro.training(store, 1, 3, inBfloat16()), TrainJob.Progress.NONE);

    assertThat(coarse).isNotEqualTo(exact);
  }

  @Test
  void run_fromSeveralThreads_givesTheSameDeltas() throws Exception {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Training> trainings =
        List.of(
            micro.training(store, 1, 3, MicroTraining.settings(0, 1e-2)),
            micro.training(store, 1, 3, MicroTraining.settings(1, 1e-2)));
    List<Future<Digest>> deltas = new ArrayList<>();
    for (Training training : trainings) {
      deltas.add(
          threads.submit(() -> new TrainJob(spark, store).run(training, TrainJob.Progress.NONE)));
    }
    for (int i = 0; i < trainings.size(); i++) {
      float[] alone = PlainLoop.delta(store, trainings.get(i), MicroStore.weights(1));
      assertThat(MicroTraining.floats(store, deltas.get(i).get())).isEqualTo(alone);
    }
    threads.shutdown();
  }

  @Test
  void run_thatDiverges_failsAndLeavesNoDelta() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = micro.training(store, 1, 3, MicroTraining.settings(1, 1e30));
    assertThatThrownBy(() -> new TrainJob(spark, store).run(training, TrainJob.Progress.NONE))
        .isInstanceOf(TrainingDivergedException.class);
    assertThat(own.resolve("store/receipts/train")).doesNotExist();
  }

  private static TrainSettings inBfloat16() {
    return new TrainSettings(
        8,
        8,
        Compute.BFLOAT16,
        MicroTraining.STEPS,
        2,
        1e-2,
        0.2,
        0.9,
        0.999,
        1e-8,
        0,
        /* seed= */ 7);
  }
}
