package dev.braid;

import dev.braid.driver.Pipeline;
import dev.braid.driver.Pipelines;
import dev.braid.driver.PromptCheck;
import dev.braid.driver.gate.Gate;
import dev.braid.driver.history.Removal;
import dev.braid.driver.history.Requeue;
import dev.braid.driver.history.Rollback;
import dev.braid.driver.line.Author;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.Forced;
import dev.braid.driver.line.InboxState;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.VersionRules;
import dev.braid.driver.merging.MergeJob;
import dev.braid.driver.merging.Residue;
import dev.braid.driver.operation.LineBusyException;
import dev.braid.driver.operation.LineLease;
import dev.braid.driver.operation.RunLog;
import dev.braid.driver.operation.RunOptions;
import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.dataset.IngestSummary;
import dev.braid.jobs.predict.PredictJob;
import dev.braid.jobs.predict.PredictRequest;
import dev.braid.jobs.predict.PredictionCounts;
import dev.braid.jobs.rule.RuleJob;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.StageSeconds;
import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.Version;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import dev.braid.settings.TaskFile;
import dev.braid.store.ModelStore;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.file.StoreAccessException;
import dev.braid.vlm.Checkpoint;
import dev.braid.vlm.ModelFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Braid as a program opens it: one line of a store, and what can be done with it.
 *
 * <pre>{@code
 * Settings settings = SettingsLoader.load("store.root=/data/braid");
 * if (!Braid.exists(settings)) {
 *   Braid.create(settings, Path.of("clip"));
 * }
 * try (Braid braid = Braid.open(settings, session)) {
 *   braid.add(TaskFile.of("textures", "/pictures/textures"));
 *   braid.run().decisions().forEach(decision -> System.out.println(decision.sentence()));
 * }
 * }</pre>
 *
 * <p>A program that has a Spark session hands it in and keeps it: Braid never closes it, and the
 * settings {@code spark.master} and {@code spark.options} have no effect then. So it is with a
 * Spark context that the program has but does not hand in. Without any, Braid opens its own when it
 * first needs one, and closes that. Several threads may use one instance.
 *
 * <p>A run or a removal is cancelled by interrupting its thread, by {@link #cancel()} or by closing
 * Braid: its Spark jobs end, those of the program go on, and the next run continues where it
 * stopped. Spark's properties of the thread (job group, tags, pool) also hold for the jobs of a
 * run.
 */
public final class Braid implements AutoCloseable {
  private static final Optional<String> NO_SPARK = Optional.empty();

  /** How long closing waits for cancelled calls, which themselves wait half as long for threads. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Settings settings;
  private final ModelStore store;
  private final Line line;
  private final SharedSpark spark;
  private final Calls calls;

  private Braid(Settings settings, @Nullable JavaSparkContext spark) {
    this.settings = settings;
    this.store = ModelStore.open(settings.location());
    this.line = FixedLineCheck.of(store, settings);
    this.spark = new SharedSpark(settings, spark);
    this.calls = new Calls(this.spark);
  }

  /**
   * A task that waits to take the place of a learned one.
   *
   * @param left what will stay of the learned one
   */
  public record Replacing(InboxFile file, Residue left) {}

  /** Whether the store that the settings name is there. */
  public static boolean exists(Settings settings) {
    return ModelStore.exists(settings.location());
  }

  /**
   * Creates the store that the settings describe; {@link #open} it next.
   *
   * @param base a Hugging Face CLIP directory, the base of the store for its life
   * @throws IllegalArgumentException if there is a store already, or the base cannot be used
   */
  public static ModelStore create(Settings settings, Path base) throws IOException {
    FixedLineSettings line = settings.lineSettings();
    Checkpoint checkpoint = ModelFamily.supported().open(base);
    line.check(checkpoint.weights().tensors());
    return ModelStore.create(
        settings.location(),
        checkpoint.weights(),
        checkpoint.files(),
        checkpoint.keptFiles(),
        settings.cut(),
        line.toMap());
  }

  /**
   * Opens a store and the line that the settings name. Spark is opened where the settings say, when
   * it is first needed.
   *
   * @throws IllegalArgumentException if there is no store
   * @throws SettingsException if the settings want the line to be what it is not
   */
  public static Braid open(Settings settings) {
    return new Braid(settings, null);
  }

  /**
   * Opens a store and the line that the settings name, with a session of the caller's, which is
   * never closed here.
   *
   * @throws IllegalArgumentException if there is no store
   * @throws SettingsException if the settings want the line to be what it is not
   */
  public static Braid open(Settings settings, SparkSession session) {
    return new Braid(settings, JavaSparkContext.fromSparkContext(session.sparkContext()));
  }

  /** The settings it was opened with. */
  public Settings settings() {
    return settings;
  }

  /** The store. */
  public ModelStore store() {
    return store;
  }

  /** The line; it reads its head from the store each time it is asked. */
  public Line line() {
    return line;
  }

  /** The line's newest version, read from the store now; nothing before the first one. */
  public Optional<Version> head() {
    return line.head().version();
  }

  /**
   * The Spark context that jobs run in.
   *
   * @throws SettingsException if Spark cannot be started with the settings
   * @throws IllegalStateException if Braid is closed
   */
  public JavaSparkContext spark() {
    return spark.context();
  }

  /** Where the line stands: its head, what waits, what was set aside. */
  public InboxState status() {
    return InboxState.of(store, line.id());
  }

  /**
   * Puts a task in the inbox, which the next {@link #run()} learns. A name that was set aside is
   * free again.
   *
   * @throws IllegalArgumentException if the line has learned a task of this name or one waits, or
   *     the pictures are not there or not allowed
   */
  public InboxFile add(TaskFile task) {
    return new TaskAdmission(store, settings).add(task);
  }

  /**
   * Reads the pictures of a task as its ingest would, and stores nothing.
   *
   * @throws IllegalArgumentException if it cannot become a data set
   * @throws StoreAccessException if a picture cannot be read now; a later call may succeed
   * @throws CancellationException if it was cancelled
   */
  public IngestSummary look(TaskFile task) {
    new TaskAdmission(store, settings).check(task);
    try (Calls.Call call = calls.begin()) {
      IngestRequest pictures = settings.ingest(task);
      PromptCheck prompts = new PromptCheck(store);
      return new IngestJob(call.spark(), settings.location())
          .look(pictures, names -> prompts.run(pictures.source().name(), task.templates(), names));
    } catch (IOException e) {
      throw new StoreAccessException("read the pictures of task", task.name(), e);
    }
  }

  /**
   * Checks that a new task may have this name.
   *
   * @throws IllegalArgumentException if the line has learned a task of this name or one waits
   */
  public void checkNameIsFree(TaskId task) {
    new TaskAdmission(store, settings).checkNameIsFree(task);
  }

  /**
   * Puts a task in the inbox that takes the place of the learned one of its name.
   *
   * @param accepted what may stay of the learned one where it cannot be undone
   * @throws IllegalArgumentException if the line has not learned it, or cannot lose its trace
   */
  public Replacing replace(TaskFile task, Residue accepted) {
    return new TaskAdmission(store, settings).replace(line, task, accepted);
  }

  /**
   * Checks that a learned task can be replaced.
   *
   * @param accepted what may stay of it where it cannot be undone
   * @throws IllegalArgumentException if the line has not learned it, one of its name waits, or the
   *     line cannot lose its trace
   */
  public void checkReplacement(TaskId task, Residue accepted) {
    var unused = new TaskAdmission(store, settings).checkReplacement(line, task, accepted);
  }

  /**
   * A task that adds its pictures to those of the learned one of its name; {@link #replace} puts it
   * in the inbox.
   *
   * @throws IllegalArgumentException if the line has not learned it
   */
  public TaskFile extending(TaskFile task) {
    return new TaskAdmission(store, settings).extending(line, task);
  }

  /**
   * Puts a task in the inbox whatever the line knows: for lines of the same store that learn it in
   * their own order.
   *
   * @throws IllegalArgumentException if it cannot be learned by its looks
   */
  public static InboxFile put(ModelStore store, Settings settings, TaskFile task) {
    return new TaskAdmission(store, settings).put(task);
  }

  /**
   * Requeues a task that was refused, rolled back or removed.
   *
   * @throws CommitConflictException if another version became the head in the meantime
   */
  public Version requeue(TaskId task) throws CommitConflictException {
    return new Requeue(store, line, author(NO_SPARK)).run(task);
  }

  /**
   * Brings the line up to date with its inbox, without reports of progress and without forcing
   * anything.
   *
   * @return as of {@link #run(Collection, ProgressListener)}
   */
  public Pipeline.Outcome run() {
    return run(List.of(), ProgressListener.SILENT);
  }

  /**
   * Brings the line up to date with its inbox: ingests, trains, merges, measures, and publishes
   * versions or sets tasks aside. Without anything to do no Spark is started. A task that is set
   * aside also makes a version, whose model is the one before.
   *
   * <p>Interrupting the thread cancels the run. It then returns what it has decided, with the
   * undecided tasks in {@code failed()}, and the thread stays interrupted.
   *
   * @param force tasks, set aside before, that are published whatever the gate says
   * @return the decisions, in {@code failed()} the tasks that wait for the next run, and in {@code
   *     conflict()} the task whose decision conflicted in each attempt, which ended the run
   * @throws IllegalStateException if Braid is closed
   */
  public Pipeline.Outcome run(Collection<TaskId> force, ProgressListener progress) {
    return run(RunOptions.PLAIN.forcing(force), progress);
  }

  /**
   * Brings the line up to date with its inbox, as {@link #run(Collection, ProgressListener)} does.
   *
   * @return also, in {@code postponed()}, the tasks that wait because the time was over
   * @throws LineBusyException if another run works on the line and the options refuse that
   * @throws CancellationException if it was cancelled while it waited for another run
   */
  public Pipeline.Outcome run(RunOptions options, ProgressListener progress) {
    RunLog log = new RunLog(store, line.id(), Clock.systemUTC());
    StageSeconds seconds = new StageSeconds(line.id());
    try {
      Pipeline.Outcome outcome = run(options, progress, log, seconds);
      log.end(outcome, seconds.soFar(), progress);
      return outcome;
    } catch (RuntimeException e) {
      if (!(e instanceof IllegalArgumentException)) { // a wrong call is no run
        log.fail(e, seconds.soFar(), progress);
      }
      throw e;
    }
  }

  private Pipeline.Outcome run(
      RunOptions options, ProgressListener progress, RunLog log, StageSeconds seconds) {
    if (isUpToDate(options)) {
      return Pipeline.Outcome.NOTHING;
    }
    try (Calls.Call call = calls.begin()) { // which also cancels the wait for another run
      LineLease lease =
          LineLease.claim(
              store.leases(),
              line.id(),
              log.id(),
              log.started(),
              settings.leaseExpiry(),
              options.overlap(),
              progress);
      try (lease) {
        return isUpToDate(options) // the run that this one waited for has learned all
            ? Pipeline.Outcome.NOTHING
            : runAlone(call, options, progress, log, seconds);
      }
    }
  }

  private boolean isUpToDate(RunOptions options) {
    InboxState inbox = status();
    return inbox.waiting().isEmpty()
        && Forced.of(inbox, options.force()).equals(Forced.NONE)
        && rules(this::spark).isCurrent(line.head().model());
  }

  private Pipeline.Outcome runAlone(
      Calls.Call call,
      RunOptions options,
      ProgressListener progress,
      RunLog log,
      StageSeconds seconds) {
    Forced forced = Forced.of(status(), options.force());
    JavaSparkContext context = call.spark();
    context.sc().addSparkListener(seconds);
    try {
      log.inApplication(context.sc().applicationId(), context.master());
      return new Pipelines(
              settings::request,
              settings.routing(),
              new Gate(settings.gate()),
              settings.gateSample(),
              settings.trainingLimits(),
              author(call.application()),
              settings.schedule(options.until(), () -> store.runs().newestFirst(line.id())))
          .pipeline(context, settings.location(), line, progress)
          .run(forced);
    } finally {
      context.sc().removeSparkListener(seconds);
    }
  }

  /**
   * Cancels the calls of {@link #run()}, {@link #remove} and {@link #predict} that are in progress
   * now, by interrupting their threads, which are not left interrupted.
   */
  public void cancel() {
    calls.cancel();
  }

  /**
   * Takes a task out of the line, learned or waiting.
   *
   * @param accepted what may stay of it where it cannot be undone
   * @return the version without it; nothing if it is set aside already
   * @throws IllegalArgumentException if the line does not know it, or cannot lose its trace
   * @throws CommitConflictException if another version became the head in the meantime
   * @throws CancellationException if it was cancelled before it published the version
   */
  public Optional<Version> remove(TaskId task, Residue accepted) throws CommitConflictException {
    try (Calls.Call call = calls.begin()) {
      return new Removal(
              store,
              line,
              (empty, records) ->
                  new MergeJob(call.spark(), settings.location()).mergeAll(empty, records),
              rules(call::spark)::answering,
              () -> author(call.application()))
          .run(task, accepted);
    }
  }

  /**
   * Classifies the pictures of an input and writes one row for each of its rows. A prediction that
   * was interrupted is continued by the same request.
   *
   * @throws IllegalArgumentException if the input, the candidates or the output cannot be used
   * @throws CancellationException if it was cancelled
   */
  public PredictionCounts predict(PredictRequest request, ProgressListener progress) {
    try (Calls.Call call = calls.begin()) {
      return new PredictJob(call.spark(), settings.location(), settings.predict())
          .run(request, progress);
    }
  }

  /**
   * Goes back to an earlier version's model, as a new version.
   *
   * @return nothing if the line knows just what that version knew
   * @throws IllegalArgumentException if there is no such version
   * @throws CommitConflictException if another version became the head in the meantime
   */
  public Optional<Version> rollback(int version) throws CommitConflictException {
    return new Rollback(store, line, author(NO_SPARK)).run(version);
  }

  private VersionRules rules(Supplier<JavaSparkContext> context) {
    return new VersionRules(
        store, settings.routing(), () -> new RuleJob(context.get(), settings.location()));
  }

  private Author author(Optional<String> sparkApplication) {
    return Author.ofThisProcess(settings.digest(), sparkApplication);
  }

  /**
   * Cancels the calls in progress, waits up to a minute for them to end, and closes the Spark that
   * it opened itself, if it did.
   */
  @Override
  public void close() {
    spark.refuse(); // or a call that has just begun would open it again
    calls.cancel();
    calls.awaitOthers(PATIENCE);
    spark.close();
  }
}
