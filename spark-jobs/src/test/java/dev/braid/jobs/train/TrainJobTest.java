package dev.braid.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.inference.WeightsRef;
import dev.braid.jobs.MicroStore;
import dev.braid.jobs.dataset.DatasetReader;
import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.source.ImageFolder;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.NamedTensor;
import dev.braid.model.Split;
import dev.braid.model.Weights;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.vector.Blobs;
import dev.braid.vlm.tensor.Compute;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.Alignment.Reset;
import dev.braid.vlm.train.Conflicts;
import dev.braid.vlm.train.FineTuning;
import dev.braid.vlm.train.Picture;
import dev.braid.vlm.train.StateVector;
import dev.braid.vlm.train.TrainSettings;
import dev.braid.vlm.train.TrainState;
import dev.braid.vlm.train.TrainingDivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainJobTest {
  private static final String TEMPLATE = "a b {c}";
  private static final int STEPS = 6;

  @TempDir static Path folder;
  private static SparkSession session;
  private static JavaSparkContext spark;
  private static Path pictures;

  /** One store a test: receipts of another test would spare the work that is tested. */
  @TempDir Path own;

  @BeforeAll
  static void openSession() throws IOException {
    session = SparkSessions.open("local[2]", Map.of());
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @Test
  void run_withOneReplica_givesTheBitsOfThePlainLoop() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = training(store, 1, 4);
    Digest delta = new TrainJob(spark, store).run(training, TrainJob.Progress.NONE);
    assertThat(floats(store, delta)).isEqualTo(plainLoop(store, training, MicroStore.weights(1)));
  }

  @Test
  void run_fromAnEarlierDelta_goesOnFromIt() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    TrainJob job = new TrainJob(spark, store);
    Digest first = job.run(training(store, 1, STEPS), TrainJob.Progress.NONE);
    Training next =
        from(training(store, 1, 5), new WeightsRef.Tuned(MicroStore.space(store), first));
    Digest second = job.run(next, TrainJob.Progress.NONE);
    Weights tuned =
        new WeightsRef.Tuned(MicroStore.space(store), first).weights(ModelStore.open(store));
    assertThat(floats(store, second)).isEqualTo(plainLoop(store, next, tuned));
  }

  @Test
  void run_stoppedAfterARound_resumesThereToTheSameDelta() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    StoreLocation other = MicroStore.create(own.resolve("other"));
    for (int replicas : List.of(1, 2)) {
      Training training = training(store, replicas, 3);
      Digest undisturbed =
          new TrainJob(spark, other).run(training(other, replicas, 3), TrainJob.Progress.NONE);
      TrainJob job = new TrainJob(spark, store);
      assertThatThrownBy(() -> job.run(training, (step, steps, loss) -> stop(step == 3)))
          .isInstanceOf(UncheckedIOException.class);
      List<Integer> reached = new ArrayList<>();
      Digest delta = job.run(training, (step, steps, loss) -> reached.add(step));
      assertThat(delta).isEqualTo(undisturbed);
      assertThat(reached).containsExactly(6);
    }
  }

  @Test
  void run_again_findsTheReceiptAndLeavesNoCheckpoint() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    TrainJob job = new TrainJob(spark, store);
    Digest delta = job.run(training(store, 1, 2), TrainJob.Progress.NONE);
    // Another length of rounds is the same training as long as there is one replica.
    Digest again = job.run(training(store, 1, 3), (step, steps, loss) -> stop(true));
    assertThat(again).isEqualTo(delta);
    try (Stream<Path> left = Files.walk(own.resolve("store/staging"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void run_afterAShardOfItsDeltaWasLost_trainsItAgain() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    TrainJob job = new TrainJob(spark, store);
    Training training = training(store, 1, 3);
    Digest delta = job.run(training, TrainJob.Progress.NONE);
    float[] values = floats(store, delta);
    Blobs blobs = ModelStore.open(store).blobs();
    Files.delete(Path.of(URI.create(blobs.locations(blobs.get(delta)).get(1))));

    assertThat(job.run(training, TrainJob.Progress.NONE)).isEqualTo(delta);
    assertThat(floats(store, delta)).containsExactly(values);
  }

  @Test
  void run_leavesAReceiptThatSaysHowItWasMade() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = training(store, 1, 3);
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
    Digest exact = job.run(training(store, 1, 3), TrainJob.Progress.NONE);
    Digest coarse = job.run(training(store, 1, 3, inBfloat16()), TrainJob.Progress.NONE);

    assertThat(coarse).isNotEqualTo(exact);
  }

  private static TrainSettings inBfloat16() {
    return new TrainSettings(
        8, 8, Compute.BFLOAT16, STEPS, 2, 1e-2, 0.2, 0.9, 0.999, 1e-8, 0, /* seed= */ 7);
  }

  @Test
  void run_fromSeveralThreads_givesTheSameDeltas() throws Exception {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Training> trainings =
        List.of(training(store, 1, 3, settings(0, 1e-2)), training(store, 1, 3, settings(1, 1e-2)));
    List<Future<Digest>> deltas = new ArrayList<>();
    for (Training training : trainings) {
      deltas.add(
          threads.submit(() -> new TrainJob(spark, store).run(training, TrainJob.Progress.NONE)));
    }
    for (int i = 0; i < trainings.size(); i++) {
      float[] alone = plainLoop(store, trainings.get(i), MicroStore.weights(1));
      assertThat(floats(store, deltas.get(i).get())).isEqualTo(alone);
    }
    threads.shutdown();
  }

  @Test
  void run_twiceAtOnce_givesOneDeltaToBoth() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    for (int race = 0; race < 4; race++) {
      StoreLocation store = MicroStore.create(own.resolve("store" + race));
      Training training = training(store, 1 + race % 2, 1);
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
                  .run(training(quiet, 1 + race % 2, 1), TrainJob.Progress.NONE))
          .isEqualTo(runs.get(0).get());
    }
    threads.shutdown();
  }

  @Test
  void run_whoseRoundAnotherRunDropped_goesOnFromTheOthers() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    for (int replicas : List.of(1, 2)) {
      Training training = training(store, replicas, 1);
      TrainJob job = new TrainJob(spark, store);
      List<Digest> other = new ArrayList<>();
      List<Integer> reached = new ArrayList<>();
      Digest delta =
          job.run(
              training,
              (step, steps, loss) -> {
                reached.add(step);
                if (step == 2) {
                  // The other run takes over to the end, and clears up.
                  other.add(job.run(training, TrainJob.Progress.NONE));
                }
              });
      assertThat(other).containsExactly(delta);
      assertThat(reached).containsExactly(1, 2);
    }
  }

  @Test
  void run_whoseRoundIsLost_saysWhatIsMissing() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = training(store, 1, 3);
    assertThatThrownBy(
            () ->
                new TrainJob(spark, store)
                    .run(training, (step, steps, loss) -> area(store, training).drop(step)))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void run_withAReceiptAndAnAreaThatAKillLeft_deletesTheArea() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = training(store, 1, 3);
    TrainJob job = new TrainJob(spark, store);
    job.run(training, TrainJob.Progress.NONE);
    new Checkpoints(area(store, training).list()).add(TrainingCheckpoint.NONE);
    ModelStore opened = ModelStore.open(store);
    area(store, training)
        .vectors(5)
        .writeFloats(opened.baseDigest(), opened.info().cut(), new float[3]);

    job.run(training, TrainJob.Progress.NONE);
    assertThat(ModelStore.open(store).stagingAreas()).isEmpty();
  }

  @Test
  void run_whoseReplicasMeetAtNoNumber_saysSoAndLeavesNoDelta() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = training(store, 2, 3);
    TrainJob job = new TrainJob(spark, store);
    assertThatThrownBy(() -> job.run(training, (step, steps, loss) -> stop(true)))
        .isInstanceOf(UncheckedIOException.class);
    TrainingArea area = area(store, training);
    TrainingCheckpoint trainingCheckpoint = new Checkpoints(area.list()).latest().orElseThrow();
    float[] momentum = new float[(int) training.space().coordinates()];
    momentum[5] = Float.POSITIVE_INFINITY;
    Blobs blobs = area.vectors(3);
    Digest spoiled =
        blobs.put(
            blobs.writeFloats(
                training.space().digest(), ModelStore.open(store).info().cut(), momentum));
    area.list().delete();
    new Checkpoints(area.list())
        .add(
            new TrainingCheckpoint(
                3,
                trainingCheckpoint.weights(),
                trainingCheckpoint.replicas(),
                List.of(spoiled),
                Alignments.NONE));

    assertThatThrownBy(() -> job.run(training, TrainJob.Progress.NONE))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("a weight is -Infinity after the outer step");
    assertThat(own.resolve("store/receipts/train")).doesNotExist();
    assertThat(ModelStore.open(store).stagingAreas()).isEmpty();
  }

  @Test
  void run_thatDiverges_saysSoAndLeavesNoDelta() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = training(store, 1, 3, settings(1, 1e30));
    assertThatThrownBy(() -> new TrainJob(spark, store).run(training, TrainJob.Progress.NONE))
        .isInstanceOf(TrainingDivergedException.class);
    assertThat(own.resolve("store/receipts/train")).doesNotExist();
  }

  @Test
  void run_aligned_keepsItsBitsAndItsNotesThroughAStop() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    TrainJob job = new TrainJob(spark, store);
    Digest first = job.run(training(store, 1, STEPS), TrainJob.Progress.NONE);
    Training sequential =
        from(training(store, 1, 3), new WeightsRef.Tuned(MicroStore.space(store), first));
    Training guardless = aligned(sequential, new Alignment(0, 2, Reset.GLOBAL));
    Training aligned = aligned(sequential, new Alignment(0.5, 2, Reset.GLOBAL));
    Digest plain = job.run(sequential, TrainJob.Progress.NONE);

    // That guards nothing is sequential fine-tuning, bit for bit.
    assertThat(job.run(guardless, TrainJob.Progress.NONE)).isEqualTo(plain);
    assertThatThrownBy(() -> job.run(aligned, (step, steps, loss) -> stop(step == 3)))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> Alignments.of(ModelStore.open(store), aligned))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "Cannot read the alignments of training \\w+: it is not finished; run it first");
    Digest stopped = job.run(aligned, TrainJob.Progress.NONE);

    List<Conflicts> conflicts = new ArrayList<>();
    assertThat(floats(store, stopped)).isEqualTo(plainLoop(store, aligned, first, conflicts));
    assertThat(stopped).isNotEqualTo(plain);
    assertThat(conflicts).extracting(Conflicts::step).containsExactly(2, 4);
    assertThat(conflicts).allSatisfy(each -> assertThat(each.insideMask()).isPositive());
    assertThat(Alignments.of(ModelStore.open(store), aligned).conflicts()).isEqualTo(conflicts);
    assertThat(Alignments.of(ModelStore.open(store), sequential).conflicts()).isEmpty();
  }

  @Test
  void training_alignedWithTheBase_isThePlainOne() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training = training(store, 1, 3);
    assertThat(aligned(training, new Alignment(0.5, 2, Reset.ZERO))).isEqualTo(training);
  }

  @Test
  void training_alignedOfSeveralReplicas_isRefused() throws IOException {
    StoreLocation store = MicroStore.create(own.resolve("store"));
    Training training =
        from(
            training(store, 2, 3),
            new WeightsRef.Tuned(MicroStore.space(store), Digest.of("a delta")));
    assertThatThrownBy(() -> aligned(training, new Alignment(0.5, 2, Reset.ZERO)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot align a training of 2 replicas: each replica would be reset on its own, and the"
                + " outer step would undo that; set replicas to 1");
  }

  private static Training aligned(Training training, Alignment alignment) {
    return new Training(
        training.space(),
        training.dataset(),
        training.template(),
        training.settings(),
        training.start(),
        training.replicas(),
        training.roundSteps(),
        alignment);
  }

  private static TrainingArea area(StoreLocation store, Training training) {
    DatasetRecord dataset = ModelStore.open(store).records().dataset(training.dataset());
    return new TrainingArea(store, training.inputs(dataset));
  }

  private static void stop(boolean now) {
    if (now) {
      throw new UncheckedIOException(new IOException("the driver dies here"));
    }
  }

  private static TrainSettings settings(long seed, double rate) {
    return new TrainSettings(8, STEPS, 2, rate, 0.2, 0.9, 0.999, 1e-8, 0, seed);
  }

  private static Training training(StoreLocation store, int replicas, int roundSteps)
      throws IOException {
    return training(store, replicas, roundSteps, settings(7, 1e-2));
  }

  private static Training training(
      StoreLocation store, int replicas, int roundSteps, TrainSettings settings)
      throws IOException {
    Digest dataset =
        new IngestJob(spark, store)
            .run(new IngestRequest(ImageFolder.of(pictures.toString()), 7))
            .record();
    return new Training(
        MicroStore.space(store),
        dataset,
        TEMPLATE,
        settings,
        new WeightsRef.Base(),
        replicas,
        roundSteps);
  }

  private static Training from(Training training, WeightsRef start) {
    return new Training(
        training.space(),
        training.dataset(),
        training.template(),
        training.settings(),
        start,
        training.replicas(),
        training.roundSteps());
  }

  private static float[] floats(StoreLocation location, Digest blob) {
    ModelStore store = ModelStore.open(location);
    return store.blobs().readFloats(store.blobs().get(blob));
  }

  /** The same of an aligned training, from an earlier delta; tells the conflicts too. */
  private static float[] plainLoop(
      StoreLocation location, Training training, Digest start, List<Conflicts> conflicts)
      throws IOException {
    Weights tuned =
        new WeightsRef.Tuned(training.space(), start).weights(ModelStore.open(location));
    return plainLoop(location, training, tuned, conflicts);
  }

  /** All steps in one go, in this thread; then the difference to the base, tensor by tensor. */
  private static float[] plainLoop(StoreLocation location, Training training, Weights start)
      throws IOException {
    return plainLoop(location, training, start, new ArrayList<>());
  }

  private static float[] plainLoop(
      StoreLocation location, Training training, Weights start, List<Conflicts> conflicts)
      throws IOException {
    ModelStore store = ModelStore.open(location);
    List<Picture> train =
        new DatasetReader(store.objects(), store.records().dataset(training.dataset()))
            .shard(Split.TRAIN, 0, 1);
    try (FineTuning tuning =
        FineTuning.start(
            MicroStore.DEFINITION,
            start,
            training.space(),
            training.settings(),
            List.of("a b cat", "a b dog"))) {
      Alignment alignment = training.alignment();
      if (alignment != null) {
        tuning.align(alignment, MicroStore.weights(1));
      }
      tuning.run(
          STEPS,
          train,
          new FineTuning.Progress() {
            @Override
            public void stepped(int step, float loss, double rate) {}

            @Override
            public void aligned(Conflicts found) {
              conflicts.add(found);
            }
          });
      TrainState state = tuning.state();
      float[] delta = new float[(int) state.coordinates()];
      state.copyOut(StateVector.WEIGHTS, 0, delta, delta.length);
      int[] next = {0};
      MicroStore.weights(1).forEach(tensor -> subtract(tensor, training, delta, next));
      return delta;
    }
  }

  private static void subtract(NamedTensor base, Training training, float[] delta, int[] next) {
    if (training.space().tensors().contains(base.spec())) {
      for (float value : base.values()) {
        delta[next[0]++] -= value;
      }
    }
  }
}
