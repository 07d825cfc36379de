package dev.braid.driver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.demo.base.MicroBase;
import dev.braid.demo.base.TinyTask;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.driver.gate.Gate;
import dev.braid.driver.history.Removal;
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
import dev.braid.store.StoreLocation;
import dev.braid.store.commit.CommitConflictException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
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
  void run_whileAnotherRunDecides_leavesItsDecisions() throws CommitConflictException {
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
  void run_whenAnotherRunCommitsFirst_isAConflictThatChangesNothing() {
    ProgressListener interrupted =
        when(
            ".* of the validation pictures right.*",
            () -> assertThat(run().decisions()).hasSize(2));

    assertThatThrownBy(() -> run(interrupted)).isInstanceOf(CommitConflictException.class);

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
                try {
                  Outcome outcome = run(ProgressListener.SILENT);
                  assertThat(outcome.failed()).isEmpty();
                  return outcome.decisions().size();
                } catch (CommitConflictException runAgain) {
                  return 0;
                }
              }));
    }
    int decisions = 0;
    for (Future<Integer> run : racing) {
      decisions += run.get();
    }
    threads.shutdown();
    assertThat(decisions).isLessThanOrEqualTo(2);
    run();

    Version raced = head();
    assertThat(raced.number()).isEqualTo(2);
    assertThat(raced.taken()).extracting(InboxEntry::task).isEqualTo(TASKS);
    store = createStore("undisturbed");
    location = store.location();
    run();
    assertThat(raced.model()).isEqualTo(head().model());
  }

  @Test
  void run_whileItsTaskIsRemoved_leavesItAlone() throws CommitConflictException {
    ProgressListener interrupted = when("colours: .* train, .*", () -> remove(TASKS.get(1)));

    assertThat(learned(run(interrupted))).containsExactly(TASKS.get(0));

    assertThat(head().taken()).extracting(InboxEntry::task).containsExactly(TASKS.get(0));
    assertThat(head().setAside()).extracting(SetAside::task).containsExactly(TASKS.get(1));
    assertThat(run()).isEqualTo(Outcome.NOTHING);
  }

  @Test
  void run_whileAnEarlierTaskIsRemoved_isAConflictAndThenContinuesWithoutIt() throws Exception {
    ProgressListener interrupted =
        when("stripes: .* of the validation pictures right.*", () -> remove(TASKS.get(0)));

    assertThatThrownBy(() -> run(interrupted)).isInstanceOf(CommitConflictException.class);
    assertThat(learned(run())).containsExactly(TASKS.get(1));

    assertThat(head().taken()).extracting(InboxEntry::task).containsExactly(TASKS.get(1));
    assertThat(store.records().model(head().model()).tasks().get(0).step()).isEqualTo(1);
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
      try {
        var unused = run(when(moment, collect));
      } catch (CommitConflictException runAgain) {
        assertThat(runAgain).hasMessageContaining("garbage was collected in between");
      }
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
            Clock.systemUTC());
    try {
      assertThat(removal.run(task, Residue.REFUSED)).isPresent();
    } catch (CommitConflictException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void run_whenOneTaskCannotBePrepared_learnsTheOthersAndTriesItAgain()
      throws IOException, CommitConflictException {
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
    try {
      return run(ProgressListener.SILENT);
    } catch (CommitConflictException e) {
      throw new AssertionError(e);
    }
  }

  private Outcome run(ProgressListener progressListener) throws CommitConflictException {
    return new Pipelines(
            this::request,
            new Gate(new Gate.Rule(1, MergeHealth.Limits.NONE)),
            500,
            TrainingLimits.NONE,
            Clock.systemUTC())
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
        new TrainSettings(8, 40, 5, 1e-3, 0, 0.9, 0.999, 1e-8, 0, 1),
        new Rounds(1, 20),
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
    return new ProgressListener() {
      @Override
      public void say(String line) {
        if (line.matches(pattern) && !isDone.getAndSet(true)) {
          action.run();
        }
      }

      @Override
      public void training(TaskId task, int step, int steps, float loss) {}
    };
  }
}
