package dev.braid.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.braid.driver.Quarantine;
import dev.braid.driver.Request;
import dev.braid.driver.Schedule;
import dev.braid.driver.gate.Gate;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.strategy.Rounds;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.predict.PredictSettings;
import dev.braid.jobs.rule.RoutingSettings;
import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.train.TrainingLimits;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.Orientation;
import dev.braid.model.ShardCut;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.EnsembleWeights;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.RoutingRule;
import dev.braid.model.record.RunRecord;
import dev.braid.store.StoreLocation;
import dev.braid.store.gc.Retention;
import dev.braid.vlm.train.TrainSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The settings as values for the stages; each one is read, and so checked, on request.
 *
 * @param config all settings under {@code braid}, including defaults
 * @param given the settings that the user gave
 */
public record Settings(Config config, Config given) {
  /**
   * Reads every value once, so that an invalid setting stops the program before it does anything.
   */
  public Settings checked() {
    List.of(
        location(),
        cut(),
        line(),
        lineSettings(),
        train(),
        rounds(),
        ingestSeed(),
        ingestOrientation(),
        ingestMaxUnreadable(),
        allowedRoots(),
        gate(),
        schedule(Optional.empty(), Stream::empty),
        leaseExpiry(),
        gateSample(),
        temporaryAge(),
        retention(),
        routing(),
        predict(),
        master(),
        sparkOptions());
    return this;
  }

  /**
   * The digest of all settings in effect, except for the options of the store and of Spark, which
   * may contain secrets.
   */
  public Digest digest() {
    return Digest.of(
        config
            .withoutPath("store.options")
            .withoutPath("spark.options")
            .root()
            .render(ConfigRenderOptions.concise()));
  }

  /** These settings with other defaults where the user has given nothing. */
  public Settings over(Config defaults) {
    return new Settings(given.withFallback(defaults).withFallback(config), given);
  }

  /** These settings with one value changed. */
  public Settings with(String key, ConfigValue value) {
    return new Settings(config.withValue(key, value), given);
  }

  /** The age from which a temporary file of the store counts as abandoned. */
  public Duration temporaryAge() {
    return checked("fsck", fsck -> fsck.getDuration("temporary-age"));
  }

  /** Where the store is. */
  public StoreLocation location() {
    return checked(
        "store",
        store -> new StoreLocation(absolute(store.getString("root")), map(store, "options")));
  }

  /** Executors have other working directories; a path with a scheme is already absolute. */
  private static String absolute(String root) {
    Check.argument(!root.isBlank(), "Invalid path: '%s' (not blank)", root);
    return root.matches("[a-z][a-z0-9+.-]+:.*")
        ? root
        : Path.of(root).toAbsolutePath().normalize().toString();
  }

  /** How a new store cuts its vectors. */
  public ShardCut cut() {
    return checked(
        "store", store -> new ShardCut(store.getInt("shard-length"), store.getInt("row-length")));
  }

  /** The line that commands use. */
  public LineId line() {
    return checked(LineGroup.NAME, line -> new LineId(line.getString("name")));
  }

  /** The properties of a line that begins now in a store without defaults of its own. */
  public FixedLineSettings lineSettings() {
    return lineSettings(Map.of());
  }

  /**
   * The properties of a line that begins now.
   *
   * @param ofStore the store's defaults, used where the user has given nothing
   */
  public FixedLineSettings lineSettings(Map<String, String> ofStore) {
    Config chosen =
        group(given, LineGroup.NAME).withFallback(ConfigFactory.parseMap(ofStore, "the store"));
    return checked(LineGroup.NAME, defaults -> LineGroup.read(chosen.withFallback(defaults)));
  }

  private static Config group(Config config, String key) {
    return config.hasPath(key) ? config.getConfig(key) : ConfigFactory.empty();
  }

  /** How a task without settings of its own is trained. */
  TrainSettings train() {
    return checked(TrainGroup.NAME, TrainGroup::settings);
  }

  /**
   * How a task is trained.
   *
   * @param own the training settings in the task's file
   * @throws IllegalArgumentException if they are invalid whatever the settings
   * @throws SettingsException if they do not fit these settings
   */
  public TrainSettings train(Config own) {
    return new TaskRequests(this).train(own);
  }

  /**
   * How a task's training is divided into rounds.
   *
   * @param own the training settings in the task's file
   */
  public Rounds rounds(Config own) {
    return new TaskRequests(this).rounds(own);
  }

  /** The seed that decides which pictures are used for validation. */
  public long ingestSeed() {
    return checked("ingest", ingest -> ingest.getLong("seed"));
  }

  /** Whether pictures of new data sets are turned as their EXIF data say. */
  Orientation ingestOrientation() {
    return checked("ingest", ingest -> Orientation.of(ingest.getString("exif")));
  }

  /** The largest share of undecodable pictures that are left out. */
  double ingestMaxUnreadable() {
    return checked("ingest", ingest -> share(ingest.getDouble("max-unreadable")));
  }

  private static double share(double value) {
    Check.argument(value >= 0 && value < 1, "Invalid max-unreadable: %s (0 to below 1)", value);
    return value;
  }

  /** The folders in which pictures and class names may be. */
  public AllowedRoots allowedRoots() {
    return checked(
        "ingest",
        ingest ->
            new AllowedRoots(
                ingest.getStringList("allowed-roots").stream().map(Settings::absolute).toList()));
  }

  /** How the training of a task without settings of its own is divided into rounds. */
  public Rounds rounds() {
    return checked(TrainGroup.NAME, TrainGroup::rounds);
  }

  /** The pictures of a task, and how they are split. */
  public IngestRequest ingest(TaskFile task) {
    return new TaskRequests(this).ingest(task);
  }

  /**
   * The request in an inbox file.
   *
   * @throws IllegalArgumentException if its text is not a valid request
   */
  public Request request(InboxFile file) {
    return new TaskRequests(this).request(file);
  }

  /** The gate's rule. */
  public Gate.Rule gate() {
    return checked(
        "gate",
        gate ->
            new Gate.Rule(
                gate.getDouble("max-drop") / 100,
                gate.getDouble("max-total-drop") / 100,
                gate.getDouble("max-union-drop") / 100,
                new MergeHealth.Limits(
                    gate.getDouble("max-size-ratio"),
                    gate.getDouble("max-sign-conflicts") / 100,
                    gate.getDouble("max-zero-tensors") / 100,
                    gate.getDouble("min-density") / 100)));
  }

  /** What the trainings of an executor may hold in memory. */
  public TrainingLimits trainingLimits() {
    return checked(
        "executor",
        executor ->
            new TrainingLimits(
                executor.getBytes("pictures-in-memory"), executor.getBytes("training-memory")));
  }

  /**
   * When a run works on its tasks.
   *
   * @param until when no further task is begun; empty for never
   * @param runs the line's runs so far, the newest first
   */
  public Schedule schedule(Optional<Instant> until, Supplier<Stream<RunRecord>> runs) {
    InstantSource clock = InstantSource.system();
    return checked(
        "scheduler",
        scheduler ->
            new Schedule(
                scheduler.getInt("trainings"),
                scheduler.getInt("attempts"),
                scheduler.getDuration("backoff"),
                until,
                new Quarantine(
                    scheduler.getInt("quarantine-after"),
                    scheduler.getDuration("night"),
                    clock,
                    runs),
                clock));
  }

  /** How long after its last renewal a lease counts as abandoned. */
  public Duration leaseExpiry() {
    return checked(
        "scheduler",
        scheduler -> {
          Duration lease = scheduler.getDuration("lease");
          Check.argument(lease.toSeconds() >= 1, "Invalid lease: %s (at least 1 second)", lease);
          return lease;
        });
  }

  /** Validation pictures per task on which a candidate is evaluated. */
  public long gateSample() {
    return checked(
        "gate",
        gate -> {
          long sample = gate.getLong("sample");
          Check.argument(sample > 0, "Invalid sample: %s pictures (at least 1)", sample);
          return sample;
        });
  }

  /** What garbage collection keeps. */
  public Retention retention() {
    return checked(
        "gc",
        gc ->
            new Retention(
                gc.getInt("keep"),
                gc.getDuration("min-age"),
                gc.getDuration("cache-age"),
                gc.getInt("runs")));
  }

  /** The rule by which the next versions answer. */
  public RoutingSettings routing() {
    String answers = checked("answer", answer -> answer.getString("rule"));
    return checked("routing", routing -> routing(routing, answers));
  }

  /**
   * The rule of a group of settings.
   *
   * @param answers the answer rule, which counts if the rule is by statistics
   * @throws IllegalArgumentException if a value is invalid
   */
  public static RoutingSettings routing(Config routing, String answers) {
    String rule = routing.getString("rule");
    int experts = routing.getInt("experts");
    return switch (rule) {
      case "statistics" ->
          new RoutingSettings.Statistics(
              AnswerRule.of(answers), experts, routing.getLong("sample"));
      case "prototypes" ->
          new RoutingSettings.Prototypes(new RoutingRule.Prototypes(experts, weighting(routing)));
      default ->
          throw new IllegalArgumentException(
              "Invalid rule: %s (statistics or prototypes)".formatted(rule));
    };
  }

  /** The sizes of a prediction's work. */
  public PredictSettings predict() {
    return checked(
        "predict",
        predict ->
            new PredictSettings(
                predict.getInt("batch"),
                predict.getBytes("batch-bytes"),
                predict.getInt("open-experts"),
                predict.getInt("rows-per-part"),
                predict.getBytes("bytes-per-part")));
  }

  private static EnsembleWeights weighting(Config routing) {
    String name = routing.getString("weighting");
    return EnsembleWeights.of(
        name.equals("softmax") ? name + " " + routing.getDouble("temperature") : name);
  }

  /** Spark's master; empty if spark-submit chooses it. */
  public String master() {
    return checked("spark", spark -> spark.getString("master"));
  }

  /** Additional Spark settings. */
  public SortedMap<String, String> sparkOptions() {
    return checked("spark", spark -> map(spark, "options"));
  }

  private <T> T checked(String group, Function<Config, T> toValue) {
    try {
      return toValue.apply(config.getConfig(group));
    } catch (ConfigException | IllegalArgumentException e) {
      throw new SettingsException(
          "Invalid setting in braid.%s: %s".formatted(group, e.getMessage()), e);
    }
  }

  /** A map's keys may contain dots, quoted or not: both "a.b" = 1 and a { b = 1 } are a.b. */
  private static SortedMap<String, String> map(Config group, String key) {
    SortedMap<String, String> map = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : group.getConfig(key).entrySet()) {
      String name = String.join(".", ConfigUtil.splitPath(entry.getKey()));
      map.put(name, String.valueOf(entry.getValue().unwrapped()));
    }
    return map;
  }
}
