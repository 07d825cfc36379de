package dev.braid.vlm.train;

import static java.util.Objects.requireNonNull;

import dev.braid.store.json.JsonObject;
import dev.braid.vlm.tensor.Compute;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes and reads training settings by name. */
public final class TrainSettingsCodec {
  private static final String BATCH = "batch";
  private static final String MICRO_BATCH = "micro-batch";
  private static final String COMPUTE = "compute";
  private static final String STEPS = "steps";
  private static final String WARM_UP = "warm-up";
  private static final String LEARNING_RATE = "learning-rate";
  private static final String LABEL_SMOOTHING = "label-smoothing";
  private static final String BETA1 = "beta1";
  private static final String BETA2 = "beta2";
  private static final String EPSILON = "epsilon";
  private static final String WEIGHT_DECAY = "weight-decay";
  private static final String SEED = "seed";

  /** The name of {@link #WARM_UP} in JSON; the digests of all stored trainings depend on it. */
  private static final String JSON_WARM_UP = "warmup";

  /** Settings that are only written where they differ from these. */
  private static final Map<String, String> DEFAULTS =
      Map.of(MICRO_BATCH, "0", COMPUTE, Compute.FLOAT32.toString());

  private TrainSettingsCodec() {}

  /** Values by name. */
  public interface Source {
    int integer(String name);

    long longInteger(String name);

    double number(String name);

    String text(String name);
  }

  /** Reads all settings; a micro-batch of 0 is the whole batch. */
  public static TrainSettings read(Source source) {
    int batch = source.integer(BATCH);
    int microBatch = source.integer(MICRO_BATCH);
    return new TrainSettings(
        batch,
        microBatch == 0 ? batch : microBatch,
        Compute.of(source.text(COMPUTE)),
        source.integer(STEPS),
        source.integer(WARM_UP),
        source.number(LEARNING_RATE),
        source.number(LABEL_SMOOTHING),
        source.number(BETA1),
        source.number(BETA2),
        source.number(EPSILON),
        source.number(WEIGHT_DECAY),
        source.longInteger(SEED));
  }

  /** Reads what {@link #toMap} wrote, together with the seed. */
  public static TrainSettings fromMap(Map<String, String> map, long seed) {
    Map<String, String> all = new TreeMap<>(DEFAULTS);
    all.putAll(map);
    all.put(SEED, Long.toString(seed));
    return read(new TextSource(all));
  }

  private record TextSource(Map<String, String> values) implements Source {
    @Override
    public int integer(String name) {
      return Integer.parseInt(text(name));
    }

    @Override
    public long longInteger(String name) {
      return Long.parseLong(text(name));
    }

    @Override
    public double number(String name) {
      return Double.parseDouble(text(name));
    }

    @Override
    public String text(String name) {
      return requireNonNull(values.get(name), name);
    }
  }

  /** The settings without the seed by the names that they have in reference.conf. */
  public static SortedMap<String, String> toMap(TrainSettings settings) {
    SortedMap<String, String> map = new TreeMap<>();
    values(settings).forEach((name, value) -> map.put(name, value.toString()));
    return map;
  }

  /** All settings; the same text only for the same training. */
  public static JsonObject toJson(TrainSettings settings) {
    JsonObject json = new JsonObject().with(SEED, settings.seed());
    values(settings)
        .forEach((name, value) -> json.with(name.equals(WARM_UP) ? JSON_WARM_UP : name, value));
    return json;
  }

  private static SortedMap<String, Object> values(TrainSettings settings) {
    SortedMap<String, Object> values = new TreeMap<>();
    values.put(BATCH, settings.batch());
    settings.ownMicroBatch().ifPresent(pictures -> values.put(MICRO_BATCH, pictures));
    settings.ownCompute().ifPresent(compute -> values.put(COMPUTE, compute));
    values.put(STEPS, settings.steps());
    values.put(WARM_UP, settings.warmup());
    values.put(LEARNING_RATE, settings.learningRate());
    values.put(LABEL_SMOOTHING, settings.labelSmoothing());
    values.put(BETA1, settings.beta1());
    values.put(BETA2, settings.beta2());
    values.put(EPSILON, settings.epsilon());
    values.put(WEIGHT_DECAY, settings.weightDecay());
    return values;
  }
}
