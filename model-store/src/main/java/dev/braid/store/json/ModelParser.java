package dev.braid.store.json;

import dev.braid.model.Digest;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.TaskId;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import java.util.List;
import java.util.SortedMap;

/** The JSON of a model's record; its digest is the model digest. */
public final class ModelParser {
  private static final String BASE = "base";
  private static final String SPACE = "space";
  private static final String STRATEGY = "strategy";
  private static final String TRUTH = "truth";
  private static final String RESCALER = "rescaler";
  private static final String SETTINGS = "settings";
  private static final String STATE = "state";
  private static final String TASKS = "tasks";
  private static final String RULE = "rule";
  private static final String TASK = "task";
  private static final String RECORD = "record";
  private static final String STEP = "step";
  private static final String LAMBDA = "lambda";

  private ModelParser() {}

  /** The record's canonical JSON. */
  public static byte[] toJson(ModelRecord model) {
    JsonObject json =
        new JsonObject()
            .with(BASE, model.base())
            .with(SPACE, SpaceJson.toJson(model.space()))
            .with(STRATEGY, model.strategy())
            .with(STATE, model.state())
            .with(TASKS, model.tasks(), ModelParser::toJson)
            .with(RULE, model.rule().map(RuleJson::toJson));
    return model.isOneForAll()
        ? json.with(SETTINGS, model.settings()).bytes()
        : json.with(TRUTH, model.mergeState().label())
            .with(RESCALER, model.rescalerKind().label())
            .bytes();
  }

  private static JsonObject toJson(Learned learned) {
    return new JsonObject()
        .with(TASK, learned.task())
        .with(RECORD, learned.record())
        .with(STEP, learned.step())
        .with(LAMBDA, learned.lambda());
  }

  /** The record of a JSON text. */
  public static ModelRecord fromJson(byte[] json, String file) {
    return JsonFields.read(json, file, ModelParser::model);
  }

  private static ModelRecord model(JsonFields fields) {
    Digest base = fields.digest(BASE);
    ParameterSpace space = fields.object(SPACE, json -> SpaceJson.space(json, base));
    SortedMap<String, Digest> state = fields.digestMap(STATE);
    List<Learned> tasks = fields.objects(TASKS, ModelParser::learned);
    String strategy = fields.string(STRATEGY);
    if (strategy.equals(ModelRecord.PAM)) {
      return ModelRecord.pam(space, fields.stringMap(SETTINGS), state, tasks);
    }
    ModelRecord model =
        new ModelRecord(
            space,
            strategy,
            MergeState.of(fields.string(TRUTH)),
            RescalerKind.of(fields.string(RESCALER)),
            state,
            tasks);
    return fields.has(RULE) ? model.with(fields.object(RULE, RuleJson::fromJson)) : model;
  }

  private static Learned learned(JsonFields fields) {
    return new Learned(
        new TaskId(fields.string(TASK)),
        fields.digest(RECORD),
        fields.smallInteger(STEP),
        fields.floats(LAMBDA));
  }
}
