package dev.braid.driver;

import dev.braid.driver.Gate.Change;
import dev.braid.driver.Gate.Evidence;
import dev.braid.driver.Gate.Verdict;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import java.util.Optional;

/** Writes what the gate saw and said as JSON, for whoever asks later why. */
final class EvidenceParser {
  private EvidenceParser() {}

  static byte[] toJson(Evidence evidence, Verdict verdict) {
    JsonObject known = new JsonObject();
    evidence
        .known()
        .forEach(
            (task, change) ->
                known.with(
                    task.name(),
                    new JsonObject()
                        .with("head", json(change.head()))
                        .with("candidate", json(change.candidate()))));
    return new JsonObject()
        .with("task", evidence.task())
        .with("classes", evidence.classes())
        .with("base", json(evidence.base()))
        .with("candidate", json(evidence.candidate()))
        .with("known", (Object) known)
        .with("reasons", verdict.reasons())
        .with("pictures", evidence.cost().pictures())
        .with("seconds", evidence.cost().seconds())
        .bytes();
  }

  /** What the evaluation took; nothing where a release before did not note it. */
  static Optional<EvaluationCost> cost(byte[] json, String file) {
    return JsonFields.read(json, file, EvidenceParser::cost);
  }

  private static Optional<EvaluationCost> cost(JsonFields fields) {
    var unusedTask = fields.string("task");
    var unusedClasses = fields.smallInteger("classes");
    var unusedBase = fields.object("base", EvidenceParser::proportion);
    var unusedCandidate = fields.object("candidate", EvidenceParser::proportion);
    var unusedKnown =
        fields.objectMap(
            "known",
            change ->
                new Change(
                    change.object("head", EvidenceParser::proportion),
                    change.object("candidate", EvidenceParser::proportion)));
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
