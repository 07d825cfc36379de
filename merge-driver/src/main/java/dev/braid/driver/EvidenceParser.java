package dev.braid.driver;

import dev.braid.driver.Gate.Evidence;
import dev.braid.driver.Gate.Verdict;
import dev.braid.store.json.JsonObject;

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
        .bytes();
  }

  private static JsonObject json(Proportion share) {
    return new JsonObject().with("correct", share.correct()).with("total", share.total());
  }
}
