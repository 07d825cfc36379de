package dev.braid.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.braid.driver.Request;
import dev.braid.driver.gate.Gate;
import dev.braid.driver.line.LineSettings;
import dev.braid.driver.strategy.Rounds;
import dev.braid.inference.EnsembleWeights;
import dev.braid.jobs.evaluate.EvaluationSpec;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.evaluate.RoutingRule;
import dev.braid.jobs.source.AllowedRoots;
import dev.braid.model.Check;
import dev.braid.model.LineId;
import dev.braid.model.ShardCut;
import dev.braid.model.Split;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.InboxFile;
import dev.braid.store.StoreLocation;
import dev.braid.store.gc.Retention;
import dev.braid.vlm.train.TrainSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The settings as the values that stages take: each is made, and so checked, when it is asked for.
 *
 * @param config everything under {@code braid}, complete
 * @param given the part of it that the user gave
 */
public record Settings(Config config, Config given) {
  /** Makes every value once, so that a wrong setting stops the program before anything is done. */
  public Settings checked() {
    List.of(
        location(),
        cut(),
        line(),
        lineSettings(),
        train(),
        rounds(),
        ingestSeed(),
        allowedRoots(),
        gate(),
        gateSample(),
        temporaryAge(),
        retention(),
        answering(Protocol.OWN_LABELS),
        master(),
        sparkOptions());
    return this;
  }

  /** These settings with other defaults for what the user has not given. */
  public Settings over(Config defaults) {
    return new Settings(given.withFallback(defaults).withFallback(config), given);
  }

  /** These settings with another value of one of them. */
  public Settings with(String key, ConfigValue value) {
    return new Settings(config.withValue(key, value), given);
  }

  /** The age from which on a temporary file of the store is nobody's work any more. */
  public Duration temporaryAge() {
    return checked("fsck", fsck -> fsck.getDuration("temporary-age"));
  }

  /** Where the store is. */
  public StoreLocation location() {
    return checked(
        "store",
        store -> new StoreLocation(absolute(store.getString("root")), map(store, "options")));
  }

  /** Executors have working directories of their own; a path with a scheme is absolute already. */
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

  /** What a line is that begins now, where the store was made with nothing else in mind. */
  public LineSettings lineSettings() {
    return lineSettings(Map.of());
  }

  /**
   * What a line is that begins now.
   *
   * @param ofStore what the store was made for: it counts where the user gives nothing
   */
  public LineSettings lineSettings(Map<String, String> ofStore) {
    Config chosen =
        group(given, LineGroup.NAME).withFallback(ConfigFactory.parseMap(ofStore, "the store"));
    return checked(LineGroup.NAME, defaults -> LineGroup.read(chosen.withFallback(defaults)));
  }

  private static Config group(Config config, String key) {
    return config.hasPath(key) ? config.getConfig(key) : ConfigFactory.empty();
  }

  /** How a task is trained that says nothing of its own. */
  TrainSettings train() {
    return checked(TrainGroup.NAME, TrainGroup::settings);
  }

  /**
   * How a task is trained.
   *
   * @param own what the task's file says
   * @throws IllegalArgumentException if it says what no settings could mend
   * @throws SettingsException if it does not fit the settings
   */
  public TrainSettings train(Config own) {
    return new TaskRequests(this).train(own);
  }

  /**
   * How the work of a task's training is cut.
   *
   * @param own what the task's file says
   */
  public Rounds rounds(Config own) {
    return new TaskRequests(this).rounds(own);
  }

  /** Decides what is kept back for validation. */
  public long ingestSeed() {
    return checked("ingest", ingest -> ingest.getLong("seed"));
  }

  /** The folders that pictures and class names may lie in. */
  public AllowedRoots allowedRoots() {
    return checked(
        "ingest",
        ingest ->
            new AllowedRoots(
                ingest.getStringList("allowed-roots").stream().map(Settings::absolute).toList()));
  }

  /** How the work of a training is cut that says nothing of its own. */
  public Rounds rounds() {
    return checked(TrainGroup.NAME, TrainGroup::rounds);
  }

  /**
   * What an inbox file asks for.
   *
   * @throws IllegalArgumentException if its text asks for nothing that can be done
   */
  public Request request(InboxFile file) {
    return new TaskRequests(this).request(file);
  }

  /** What the gate lets through. */
  public Gate.Rule gate() {
    return checked(
        "gate",
        gate ->
            new Gate.Rule(
                gate.getDouble("max-drop") / 100,
                new MergeHealth.Limits(
                    gate.getDouble("max-size-ratio"),
                    gate.getDouble("max-sign-conflicts") / 100,
                    gate.getDouble("max-zero-tensors") / 100,
                    gate.getDouble("min-density") / 100)));
  }

  /** Validation pictures of a task that a candidate is measured on. */
  public long gateSample() {
    return checked(
        "gate",
        gate -> {
          long sample = gate.getLong("sample");
          Check.argument(sample > 0, "Invalid sample: %s pictures (at least 1)", sample);
          return sample;
        });
  }

  /** What a collection of garbage keeps. */
  public Retention retention() {
    return checked(
        "gc",
        gc ->
            new Retention(
                gc.getInt("keep"), gc.getDuration("min-age"), gc.getDuration("cache-age")));
  }

  /** How pictures of the test split are answered. */
  public EvaluationSpec answering(Protocol protocol) {
    return checked(
        "routing",
        routing ->
            EvaluationSpec.of(
                protocol,
                Split.TEST,
                new RoutingRule(routing.getInt("experts"), weighting(routing))));
  }

  public static EnsembleWeights weighting(Config routing) {
    String name = routing.getString("weighting");
    return switch (name) {
      case "mean" -> new EnsembleWeights.Mean();
      case "similarity" -> new EnsembleWeights.Similarity();
      case "softmax" -> new EnsembleWeights.Softmax(routing.getDouble("temperature"));
      default ->
          throw new IllegalArgumentException(
              "Invalid weighting: %s (mean, similarity or softmax)".formatted(name));
    };
  }

  /** Spark's master, empty where spark-submit chose one. */
  public String master() {
    return checked("spark", spark -> spark.getString("master"));
  }

  /** Further settings of Spark. */
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

  /** A map's keys may hold dots, quoted or not: both "a.b" = 1 and a { b = 1 } are a.b. */
  private static SortedMap<String, String> map(Config group, String key) {
    SortedMap<String, String> map = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : group.getConfig(key).entrySet()) {
      String name = String.join(".", ConfigUtil.splitPath(entry.getKey()));
      map.put(name, String.valueOf(entry.getValue().unwrapped()));
    }
    return map;
  }
}
