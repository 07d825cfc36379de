package dev.braid.store.json.figures;

import dev.braid.model.figures.EvaluationCost;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateResult;
import dev.braid.model.figures.PairedCounts;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import dev.braid.store.json.ProportionJson;
import java.util.Optional;

/** The JSON of the gate's input and decision, which explains the decision later. */
public final class GateParser {
  private GateParser() {}

  public static byte[] toJson(GateInput input, GateResult result) {
    JsonObject known = new JsonObject();
    input
        .known()
        .forEach(
            (task, change) ->
                known.with(
                    task.name(),
                    json(change.night(), "head")
                        .with("learned", change.learned().map(ProportionJson::toJson))));
    return json(input.added(), "base")
        .with("task", input.task())
        .with("classes", input.classes())
        .with("known", (Object) known)
        .with("union", input.union().map(GateParser::json))
        .with("reasons", result.reasons())
        .with("pictures", input.cost().pictures())
        .with("seconds", input.cost().seconds())
        .bytes();
  }

  private static JsonObject json(GateInput.Union union) {
    JsonObject known = new JsonObject();
    union
        .known()
        .forEach(
            (task, change) ->
                known.with(
                    task.name(), json(change.night(), "head").with("taken", change.taken())));
    return new JsonObject()
        .with("added", ProportionJson.toJson(union.added()))
        .with("known", (Object) known);
  }

  /** The cost of the evaluation; nothing if an earlier release did not record it. */
  public static Optional<EvaluationCost> cost(byte[] json, String file) {
    return JsonFields.read(json, file, GateParser::cost);
  }

  private static Optional<EvaluationCost> cost(JsonFields fields) {
    var unusedTask = fields.string("task");
    var unusedClasses = fields.smallInteger("classes");
    readPair(fields, "base");
    var unusedKnown =
        fields.objectMap(
            "known",
            change -> {
              readPair(change, "head");
              return change.has("learned")
                  ? Optional.of(change.object("learned", ProportionJson::fromJson))
                  : Optional.empty();
            });
    if (fields.has("union")) {
      var unusedUnion = fields.object("union", GateParser::readUnion);
    }
    var unusedReasons = fields.strings("reasons");
    return fields.has("seconds")
        ? Optional.of(new EvaluationCost(fields.integer("pictures"), fields.float64("seconds")))
        : Optional.empty();
  }

  private static long readUnion(JsonFields fields) {
    var unusedAdded = fields.object("added", ProportionJson::fromJson);
    return fields
        .objectMap(
            "known",
            change -> {
              readPair(change, "head");
              return change.integer("taken");
            })
        .size();
  }

  /** Reads a pair; format 1 has no counts of lost and gained pictures. */
  private static void readPair(JsonFields fields, String before) {
    var unusedBefore = fields.object(before, ProportionJson::fromJson);
    var unusedAfter = fields.object("candidate", ProportionJson::fromJson);
    if (fields.has("lost")) {
      var unusedLost = fields.integer("lost");
      var unusedGained = fields.integer("gained");
    }
  }

  private static JsonObject json(PairedCounts pair, String before) {
    return new JsonObject()
        .with(before, ProportionJson.toJson(pair.before()))
        .with("candidate", ProportionJson.toJson(pair.after()))
        .with("lost", pair.lost())
        .with("gained", pair.gained());
  }
}
