package dev.braid.driver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.base.MicroBase;
import dev.braid.demo.base.TinyTask;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.driver.gate.Gate;
import dev.braid.driver.history.Removal;
import dev.braid.driver.line.Author;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.Forced;
import dev.braid.driver.line.Line;
import dev.braid.driver.merging.Residue;
import dev.braid.driver.strategy.Rounds;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.ImageFolder;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.jobs.train.TrainingLimits;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskId;
import dev.braid.model.Weights;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreFiles;
import dev.braid.store.StoreLocation;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.file.LocalDisk;
import dev.braid.store.gc.GarbageCollector;
import dev.braid.store.gc.Retention;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests concurrent runs on one line and runs with failures; all stages are real. */
class PipelineTest {
  private static final List<TaskId> TASKS = List.of(new TaskId("colours"), new TaskId("stripes"));

  @TempDir static Path shared;
  static SparkSession session;
  static JavaSparkContext spark;

  @TempDir Path folder;
  StoreLocation location;
  ModelStore store;
  Path pictures = shared;
  int steps = 40;
  int roundSteps = 20;

  @BeforeAll
  static void open() throws IOException {
    MicroBase.writeTo(shared.resolve("base"));
    TinyTask.COLOURS.write(shared.resolve("colours"));
    TinyTask.STRIPES.write(shared.resolve("stripes"));
    session = SparkSessions.open("local[2]", Map.of());
    spark = new JavaSparkContext(session.sparkContext());
  }

  @AfterAll
  static void close() {
    session.stop();
  }

  @BeforeEach
  void createStore() throws IOException {
    store = createStore("store");
    location = store.location();
  }

  private ModelStore createStore(String name) throws IOException {
    ClipCheckpoint base = ClipCheckpoint.open(shared.resolve("base"));
    ModelStore created =
        ModelStore.create(
            StoreLocation.of(folder.resolve(name).toString()),
            base.weights(),
            base.files(),
            new ShardCut(131_072, 65_536),
            Map.of());
    TASKS.forEach(task -> created.inbox().add("", task));
    return created;
  }

  @Test
  void run_whileAnotherRunDecides_leavesItsDecisions() {
    // Colours are decided first, so that the outer run waits for them.
    ProgressListener interrupted =
        when("colours: .* train, .*", () -> assertThat(learned(run())).isEqualTo(TASKS));

    assertThat(run(interrupted)).isEqualTo(Outcome.NOTHING);

    Version head = head();
    assertThat(head.number()).isEqualTo(2);
    assertThat(head.taken()).extracting(InboxEntry::task).isEqualTo(TASKS);
    assertThat(head.setAside()).isEmpty();
  }

  @Test
  void run_whenAnotherRunCommitsFirst_leavesItsDecisions() {
    ProgressListener interrupted =
        when(
            ".* of the validation pictures right.*",
            () -> assertThat(run().decisions()).hasSize(2));

    assertThat(run(interrupted)).isEqualTo(Outcome.NOTHING);

    assertThat(head().number()).isEqualTo(2);
    assertThat(head().taken()).extracting(InboxEntry::task).isEqualTo(TASKS);
  }

  @Test
  void run_concurrentWithOthers_endsInTheModelOfOneRun() throws Exception {
    int runs = 3;
    ExecutorService threads = Executors.newFixedThreadPool(runs);
    CyclicBarrier start = new CyclicBarrier(runs);
    List<Future<Integer>> racing = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      racing.add(
          threads.submit(
              () -> {
                start.await();
                Outcome outcome = run(ProgressListener.SILENT);
                assertThat(outcome.failed()).isEmpty();
                return outcome.decisions().size();
              }));
    }
    int decisions = 0;
    for (Future<Integer> run : racing) {
      decisions += run.get();
    }
    threads.shutdown();
    assertThat(decisions).isEqualTo(2); // each task by one run, and reported by it

    Version raced = head();
    assertThat(raced.number()).isEqualTo(2);
    assertThat(raced.taken()).extracting(InboxEntry::task).isEqualTo(TASKS);
    store = createStore("undisturbed");
    location = store.location();
    run();
    assertThat(raced.model()).isEqualTo(head().model());
  }

  @Test
  void run_whileItsTaskIsRemoved_leavesItAlone() {
    ProgressListener interrupted = when("colours: .* train, .*", () -> remove(TASKS.get(1)));

    assertThat(learned(run(interrupted))).containsExactly(TASKS.get(0));

    assertThat(head().taken()).extracting(InboxEntry::task).containsExactly(TASKS.get(0));
    assertThat(head().setAside()).extracting(SetAside::task).containsExactly(TASKS.get(1));
    assertThat(run()).isEqualTo(Outcome.NOTHING);
  }

  @Test
  void run_whileAnEarlierTaskIsRemoved_decidesAgainWithoutIt() {
    ProgressListener interrupted =
        when("stripes: .* of the validation pictures right.*", () -> remove(TASKS.get(0)));

    Outcome outcome = run(interrupted);

    assertThat(learned(outcome)).isEqualTo(TASKS);
    assertThat(outcome.decisions())
        .extracting(decision -> decision.version().number())
        .containsExactly(1, 3); // the removal is version 2
    assertThat(outcome.conflict()).isEmpty();

    assertThat(head().taken()).extracting(InboxEntry::task).containsExactly(TASKS.get(1));
    assertThat(store.records().model(head().model()).tasks().get(0).step()).isEqualTo(1);
  }

  @Test
  void run_interruptedWhileItTrains_leavesNoSparkJobAndContinuesLater() throws Exception {
    Thread caller = Thread.currentThread();
    AtomicBoolean isInterrupted = new AtomicBoolean();
    ProgressListener interrupting =
        new ProgressListener() {
          @Override
          public void say(String line) {}

          @Override
          public void training(String label, int step, int steps, float loss) {
            if (!isInterrupted.getAndSet(true)) { // after the first round
              caller.interrupt();
            }
          }
        };
    roundSteps = 1;

    Outcome outcome = run(interrupting);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome.decisions()).isEmpty();
    assertThat(outcome.failed())
        .hasSize(2)
        .allSatisfy(failed -> assertThat(failed.cause()).isInstanceOf(CancellationException.class));
    awaitNoActiveJob();
    assertThat(spark.getJobTags()).isEmpty();
    assertThat(spark.parallelize(List.of(1, 2, 3), 2).count()).isEqualTo(3);
    roundSteps = 20;
    assertThat(learned(run())).isEqualTo(TASKS);
    Version resumed = head();
    store = createStore("undisturbed");
    location = store.location();
    run();
    assertThat(resumed.model()).isEqualTo(head().model());
  }

  @Test
  void run_interruptedInALongSparkTask_endsTheTask() throws Exception {
    steps = 1_000_000;
    roundSteps = steps;
    FutureTask<Outcome> run = new FutureTask<>(() -> run(ProgressListener.SILENT));
    Thread caller = new Thread(run);
    CountDownLatch trains = new CountDownLatch(1);
    CountDownLatch trained = new CountDownLatch(1);
    SparkListener watching =
        new SparkListener() {
          @Override
          public void onTaskStart(SparkListenerTaskStart start) {
            if (trainings.contains(start.stageId())) {
              trains.countDown();
            }
          }

          private final Set<Integer> trainings = ConcurrentHashMap.newKeySet();

          @Override
          public void onStageSubmitted(SparkListenerStageSubmitted stage) {
            String tags = String.valueOf(stage.properties().getProperty("spark.job.tags"));
            if (tags.contains("braid-run-")
                && tags.contains("braid-line-main")
                && tags.contains("braid-task-colours")
                && tags.contains("braid-stage-train")) {
              trainings.add(stage.stageInfo().stageId());
            }
          }

          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            if (trainings.contains(end.stageId())) {
              trained.countDown();
            }
          }
        };
    session.sparkContext().addSparkListener(watching);
    try {
      caller.start();
      assertThat(trains.await(120, TimeUnit.SECONDS)).isTrue();
      caller.interrupt();

      assertThat(run.get(60, TimeUnit.SECONDS).decisions()).isEmpty();
      awaitNoActiveJob();
      assertThat(trained.await(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      session.sparkContext().removeSparkListener(watching);
    }
  }

  @Test
  void run_interruptedBeforeItPublishes_publishesNothing() {
    ProgressListener interrupting =
        when(
            "colours: .* of the validation pictures right.*",
            () -> Thread.currentThread().interrupt());

    Outcome outcome = run(interrupting);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome.decisions()).isEmpty();
    assertThat(outcome.failed())
        .first()
        .satisfies(failed -> assertThat(failed.cause()).isInstanceOf(CancellationException.class));
    assertThat(store.versions(LineId.MAIN).head()).isEmpty();
  }

  @Test
  void run_interruptedWhileItPublishes_reportsWhatItPublished() {
    location =
        new StoreLocation(
            location.root(),
            new TreeMap<>(Map.of(LocalDisk.CLASS, InterruptingDisk.class.getName())));
    store = ModelStore.open(location);

    Outcome outcome = run();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome.decisions()).extracting(Decision::task).containsExactly(TASKS.get(0));
    assertThat(outcome.failed())
        .extracting(failed -> failed.file().task())
        .containsExactly(TASKS.get(1));
    assertThat(head().taken()).extracting(InboxEntry::task).containsExactly(TASKS.get(0));
  }

  /** Interrupts the thread that publishes a version, in the step that does so. */
  static final class InterruptingDisk extends LocalDisk {
    @Override
    public boolean link(org.apache.hadoop.fs.Path file, org.apache.hadoop.fs.Path name)
        throws IOException {
      if (name.toString().contains("/versions/")) {
        Thread.currentThread().interrupt();
      }
      return super.link(file, name);
    }
  }

  /** Spark ends cancelled jobs a moment after they are cancelled. */
  private static void awaitNoActiveJob() throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (activeJobs() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(activeJobs()).isZero();
  }

  private static int activeJobs() throws Exception {
    session.sparkContext().listenerBus().waitUntilEmpty(30_000);
    return spark.statusTracker().getActiveJobIds().length;
  }

  @Test
  void run_overtakenInEveryAttempt_reportsWhatItPublishedAndTheConflict() {
    List<TaskId> others =
        IntStream.range(0, Pipeline.MAX_ATTEMPTS)
            .mapToObj(number -> new TaskId("other-" + number))
            .toList();
    Deque<TaskId> toRemove = new ArrayDeque<>(others);
    ProgressListener overtaking =
        each(
            "stripes: .* of the validation pictures right.*",
            () -> {
              store.inbox().add("", toRemove.element());
              remove(toRemove.remove());
            });

    Outcome outcome = run(overtaking);

    assertThat(learned(outcome)).containsExactly(TASKS.get(0));
    assertThat(outcome.failed()).isEmpty();
    assertThat(outcome.conflict())
        .hasValueSatisfying(
            conflict -> {
              assertThat(conflict.file().task()).isEqualTo(TASKS.get(1));
              assertThat(conflict.cause()).hasMessageContaining("another process committed first");
            });
    assertThat(head().setAside()).extracting(SetAside::task).isEqualTo(others);
    assertThat(learned(run())).containsExactly(TASKS.get(1));
  }

  @Test
  void run_thatNeedsWhatIsBeingDeleted_saysSo() throws Exception {
    List<String> said = new ArrayList<>();
    ProgressListener deleting =
        new ProgressListener() {
          @Override
          public void say(String line) {
            said.add(line);
            if (line.matches("stripes: .* of the validation pictures right.*")) {
              var unused =
                  StoreFiles.at(location)
                      .tombstones()
                      .markForImmediateDeletion(objects(folder.resolve("store")));
            }
          }

          @Override
          public void training(String label, int step, int steps, float loss) {}
        };

    Outcome outcome = run(deleting);

    assertThat(learned(outcome)).containsExactly(TASKS.get(0));
    assertThat(outcome.conflict())
        .hasValueSatisfying(
            conflict ->
                assertThat(conflict.cause())
                    .hasMessageContaining("garbage was collected in between")
                    .hasMessageContaining("repeat the interrupted one"));
    assertThat(said)
        .anyMatch(line -> line.startsWith("stripes: deciding again after a conflict: "))
        .noneMatch(line -> line.contains("published first"));
  }

  private static Set<String> objects(Path root) {
    try (Stream<Path> files = Files.walk(root.resolve("objects"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void run_whileAllUnpublishedIsCollected_endsInTheSameModelThoughRunAgain() throws Exception {
    Retention nothing = new Retention(0, Duration.ZERO, Duration.ZERO);
    Runnable collect =
        () -> {
          for (int step = 0; step < 2; step++) { // marks for deletion, then deletes
            GarbageCollector garbageCollector = new GarbageCollector(location);
            garbageCollector.run(garbageCollector.plan(nothing));
          }
        };
    for (String moment :
        List.of("stripes: .* train, .*", "stripes: .* of the validation pictures right.*")) {
      assertThat(run(when(moment, collect)).conflict()).isEmpty();
      for (Version version : store.versions(LineId.MAIN).all()) {
        ModelRecord model = store.records().model(version.model());
        model.tasks().forEach(task -> readAll(store.weights().expert(model, task.task())));
      }
    }
    run();
    Version collected = head();

    assertThat(collected.taken()).extracting(InboxEntry::task).isEqualTo(TASKS);
    store = createStore("undisturbed");
    location = store.location();
    run();
    assertThat(collected.model()).isEqualTo(head().model());
  }

  private static void readAll(Weights weights) {
    try {
      weights.forEach(tensor -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove(TaskId task) {
    Removal removal =
        new Removal(
            store,
            line(),
            (untaught, records) -> {
              throw new AssertionError("truth decoupled merges nothing again");
            },
            () -> Author.at(Clock.systemUTC()));
    try {
      assertThat(removal.run(task, Residue.REFUSED)).isPresent();
    } catch (CommitConflictException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void run_whenOneTaskCannotBePrepared_learnsTheOthersAndTriesItAgain() throws IOException {
    TinyTask.COLOURS.write(folder.resolve("colours"));
    TinyTask.STRIPES.write(folder.resolve("stripes"));
    pictures = folder;
    // Reading this process' memory at 0 is an error of the file system, which even root gets.
    Path unreadable = folder.resolve("colours/train/kind-0/memory.png");
    Files.createSymbolicLink(unreadable, Path.of("/proc/self/mem"));

    Outcome outcome = run(ProgressListener.SILENT);

    assertThat(learned(outcome)).containsExactly(TASKS.get(1));
    assertThat(outcome.failed()).hasSize(1);
    assertThat(outcome.failed().get(0).file().task()).isEqualTo(TASKS.get(0));
    assertThat(outcome.failed().get(0).cause())
        .hasMessageStartingWith("Cannot read the picture " + unreadable);
    assertThat(head().setAside()).isEmpty();

    Files.delete(unreadable);
    assertThat(learned(run())).containsExactly(TASKS.get(0));
  }

  @Test
  void run_whenAPreparationThreadDies_reportsTheOtherTasks() {
    ProgressListener dying =
        each(
            "stripes: .* train, .*",
            () -> {
              throw new NoClassDefFoundError("dev/braid/Missing");
            });

    Outcome outcome = run(dying);

    assertThat(learned(outcome)).containsExactly(TASKS.get(0));
    assertThat(outcome.failed())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.file().task()).isEqualTo(TASKS.get(1));
              assertThat(failed.cause())
                  .hasRootCauseInstanceOf(NoClassDefFoundError.class)
                  .hasMessageContaining("Cannot prepare stripes: ");
            });
    assertThat(learned(run())).containsExactly(TASKS.get(1));
  }

  @Test
  void run_overtakenWhereTheRepeatedPreparationFails_learnsTheOtherTasks() throws IOException {
    TinyTask.COLOURS.write(folder.resolve("colours"));
    TinyTask.STRIPES.write(folder.resolve("stripes"));
    pictures = folder;
    Path unreadable = folder.resolve("colours/train/kind-0/memory.png");
    ProgressListener overtaking =
        when(
            "colours: .* of the validation pictures right.*",
            () -> {
              store.inbox().add("", new TaskId("other"));
              remove(new TaskId("other"));
              try {
                Files.createSymbolicLink(unreadable, Path.of("/proc/self/mem"));
                assertThat(delete(folder.resolve("store/receipts/ingest"), "")).isPositive();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    Outcome outcome = run(overtaking);

    assertThat(outcome.conflict()).isEmpty();
    assertThat(outcome.failed())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.file().task()).isEqualTo(TASKS.get(0));
              assertThat(failed.cause()).hasMessageStartingWith("Cannot read the picture ");
            });
    assertThat(learned(outcome)).containsExactly(TASKS.get(1));
  }

  @Test
  void run_whenTheStoreIsAwayForAMoment_decidesNothing() throws Exception {
    Path info = folder.resolve("store/store.json");
    Path away = folder.resolve("away.json");
    ProgressListener hiding =
        when(
            "colours: .* train, .*",
            () -> {
              try {
                Files.move(info, away);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    Outcome outcome = run(hiding);
    Files.move(away, info);

    assertThat(outcome.failed()).isNotEmpty();
    assertThat(outcome.decisions()).isEmpty();
    assertThat(store.versions(new LineId("main")).head()).isEmpty();
    assertThat(learned(run())).isEqualTo(TASKS);
  }

  @Test
  void run_afterADataSetIsLost_rebuildsIt() throws IOException {
    run();
    Digest first = head().model();
    delete(folder.resolve("store/versions"), "");
    assertThat(delete(folder.resolve("store/objects"), "\u0089PNG")).isEqualTo(2);

    run();

    assertThat(head().model()).isEqualTo(first);
  }

  private Outcome run() {
    return run(ProgressListener.SILENT);
  }

  private Outcome run(ProgressListener progressListener) {
    return new Pipelines(
            this::request,
            new Gate(new Gate.Rule(1, 1, MergeHealth.Limits.NONE)),
            500,
            TrainingLimits.NONE,
            Author.at(Clock.systemUTC()))
        .pipeline(spark, location, line(), progressListener)
        .run(Forced.NONE);
  }

  private Line line() {
    FixedLineSettings settings =
        new FixedLineSettings(
            "condu", Optional.empty(), MergeState.DECOUPLED, RescalerKind.TENSOR_MEAN);
    return new Line(store, new LineId("main"), settings);
  }

  private Request request(InboxFile file) {
    return new Request(
        new InboxEntry(file.number(), file.task(), file.digest()),
        0,
        new IngestRequest(
            new ImageFolder(
                pictures.resolve(file.task().name()).toString(),
                new ImageFolder.ClassNames.Found(),
                new AllowedRoots(List.of(pictures.toString(), "/proc"))),
            1),
        List.of("a picture of {c}"),
        new TrainSettings(8, steps, 5, 1e-3, 0, 0.9, 0.999, 1e-8, 0, 1),
        new Rounds(1, roundSteps),
        /* replaces= */ Optional.empty());
  }

  /** Deletes the files that contain the text, and counts them. */
  private static int delete(Path root, String text) throws IOException {
    int deleted = 0;
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, ISO_8859_1).contains(text)) {
          Files.delete(file);
          deleted++;
        }
      }
    }
    return deleted;
  }

  private Version head() {
    return store.versions(new LineId("main")).head().orElseThrow();
  }

  private static List<TaskId> learned(Outcome outcome) {
    assertThat(outcome.decisions()).allMatch(Decision::published);
    return outcome.decisions().stream().map(Decision::task).toList();
  }

  /** Runs an action on the first progress line that matches the pattern. */
  private static ProgressListener when(String pattern, Runnable action) {
    AtomicBoolean isDone = new AtomicBoolean();
    return each(
        pattern,
        () -> {
          if (!isDone.getAndSet(true)) {
            action.run();
          }
        });
  }

  /** Runs an action on each progress line that matches the pattern. */
  private static ProgressListener each(String pattern, Runnable action) {
    return new ProgressListener() {
      @Override
      public void say(String line) {
        if (line.matches(pattern)) {
          action.run();
        }
      }

      @Override
      public void training(String label, int step, int steps, float loss) {}
    };
  }
}
