package dev.braid.store.json;

import dev.braid.model.figures.EvaluationCost;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateInput.Change;
import dev.braid.model.figures.GateResult;
import dev.braid.model.figures.Proportion;
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
                    new JsonObject()
                        .with("head", json(change.head()))
                        .with("candidate", json(change.candidate()))));
    return new JsonObject()
        .with("task", input.task())
        .with("classes", input.classes())
        .with("base", json(input.base()))
        .with("candidate", json(input.candidate()))
        .with("known", (Object) known)
        .with("reasons", result.reasons())
        .with("pictures", input.cost().pictures())
        .with("seconds", input.cost().seconds())
        .bytes();
  }

  /** The cost of the evaluation; nothing if an earlier release did not record it. */
  public static Optional<EvaluationCost> cost(byte[] json, String file) {
    return JsonFields.read(json, file, GateParser::cost);
  }

  private static Optional<EvaluationCost> cost(JsonFields fields) {
    var unusedTask = fields.string("task");
    var unusedClasses = fields.smallInteger("classes");
    var unusedBase = fields.object("base", GateParser::proportion);
    var unusedCandidate = fields.object("candidate", GateParser::proportion);
    var unusedKnown =
        fields.objectMap(
            "known",
            change ->
                new Change(
                    change.object("head", GateParser::proportion),
                    change.object("candidate", GateParser::proportion)));
    var unusedReasons = fields.strings("reasons");
    return fields.has("seconds")
        ? Optional.of(new EvaluationCost(fields.integer("pictures"), fields.float64("seconds")))
        : Optional.empty();
  }

  private static Proportion proportion(JsonFields fields) {
    return new Proportion(fields.integer("correct"), fields.integer("total"));
  }

  private static JsonObject json(Proportion share) {
    return new JsonObject().with("correct", share.correct()).with("total", share.total());
  }
}
