package dev.braid.store.json;

import dev.braid.model.TaskId;
import dev.braid.model.record.TaskRecord;

/** The JSON of a task's record. */
public final class TaskParser {
  private static final String TASK = "task";
  private static final String CLASS_NAMES = "class-names";
  private static final String TEMPLATES = "templates";
  private static final String DATA_SET = "data-set";
  private static final String DELTA = "delta";
  private static final String PLANES = "planes";
  private static final String NUMERATORS = "numerators";
  private static final String PROTOTYPES = "prototypes";
  private static final String TRAINING = "training";
  private static final String SEED = "seed";

  private TaskParser() {}

  /** The record's canonical JSON. */
  public static byte[] toJson(TaskRecord task) {
    return new JsonObject()
        .with(TASK, task.task())
        .with(CLASS_NAMES, task.classNames())
        .with(TEMPLATES, task.templates())
        .with(DATA_SET, task.dataset())
        .with(DELTA, task.delta())
        .with(PLANES, task.planes())
        .with(NUMERATORS, task.numerators())
        .with(PROTOTYPES, task.prototypes())
        .with(TRAINING, task.training())
        .with(SEED, task.seed())
        .bytes();
  }

  /** The record of a JSON text. */
  public static TaskRecord fromJson(byte[] json, String file) {
    return JsonFields.read(json, file, TaskParser::task);
  }

  private static TaskRecord task(JsonFields fields) {
    return new TaskRecord(
        new TaskId(fields.string(TASK)),
        fields.strings(CLASS_NAMES),
        fields.strings(TEMPLATES),
        fields.digest(DATA_SET),
        fields.digest(DELTA),
        fields.digestMap(PLANES),
        fields.doubles(NUMERATORS),
        fields.digest(PROTOTYPES),
        fields.stringMap(TRAINING),
        fields.integer(SEED));
  }
}
