package dev.braid.store.json.figures;

import dev.braid.model.TaskId;
import dev.braid.model.figures.EvaluationCost;
import dev.braid.model.figures.GateFigures;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateResult;
import dev.braid.model.figures.PairedCounts;
import dev.braid.model.figures.Proportion;
import dev.braid.model.figures.ValidationFigures;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import dev.braid.store.json.ProportionJson;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

  /** The accuracies of the two shares of a pair. */
  private record Pair(Proportion before, Proportion after) {}

  /** The accuracies of the head and of the candidate, by task. */
  private record Pairs(SortedMap<TaskId, Proportion> before, SortedMap<TaskId, Proportion> after) {
    private static final Pairs NONE = new Pairs(new TreeMap<>(), new TreeMap<>());

    static Pairs of(SortedMap<String, Pair> known, TaskId added, Proportion candidate) {
      Pairs pairs = new Pairs(new TreeMap<>(), new TreeMap<>());
      known.forEach(
          (name, pair) -> {
            pairs.before.put(new TaskId(name), pair.before());
            pairs.after.put(new TaskId(name), pair.after());
          });
      pairs.after.put(added, candidate);
      return pairs;
    }
  }

  /** What the gate measured and decided. */
  public static GateFigures fromJson(byte[] json, String file) {
    return JsonFields.read(json, file, GateParser::figures);
  }

  private static GateFigures figures(JsonFields fields) {
    TaskId task = new TaskId(fields.string("task"));
    var unusedClasses = fields.smallInteger("classes");
    Pairs known =
        Pairs.of(fields.objectMap("known", GateParser::change), task, pair(fields, "base").after());
    Pairs union =
        fields.has("union")
            ? fields.object("union", changes -> union(changes, task))
            : Pairs.NONE; // an earlier release did not measure it
    return new GateFigures(
        task,
        new GateResult(fields.strings("reasons")),
        new ValidationFigures(known.before(), union.before()),
        new ValidationFigures(known.after(), union.after()),
        cost(fields));
  }

  private static Optional<EvaluationCost> cost(JsonFields fields) {
    return fields.has("seconds")
        ? Optional.of(new EvaluationCost(fields.integer("pictures"), fields.float64("seconds")))
        : Optional.empty();
  }

  private static Pair change(JsonFields fields) {
    if (fields.has("learned")) {
      var unusedLearned = fields.object("learned", ProportionJson::fromJson);
    }
    return pair(fields, "head");
  }

  private static Pairs union(JsonFields fields, TaskId task) {
    return Pairs.of(
        fields.objectMap("known", GateParser::unionChange),
        task,
        fields.object("added", ProportionJson::fromJson));
  }

  private static Pair unionChange(JsonFields fields) {
    var unusedTaken = fields.integer("taken");
    return pair(fields, "head");
  }

  /** Reads a pair; format 1 has no counts of lost and gained pictures. */
  private static Pair pair(JsonFields fields, String before) {
    if (fields.has("lost")) {
      var unusedLost = fields.integer("lost");
      var unusedGained = fields.integer("gained");
    }
    return new Pair(
        fields.object(before, ProportionJson::fromJson),
        fields.object("candidate", ProportionJson::fromJson));
  }

  private static JsonObject json(PairedCounts pair, String before) {
    return new JsonObject()
        .with(before, ProportionJson.toJson(pair.before()))
        .with("candidate", ProportionJson.toJson(pair.after()))
        .with("lost", pair.lost())
        .with("gained", pair.gained());
  }
}
