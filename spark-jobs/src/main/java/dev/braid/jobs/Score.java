package dev.braid.jobs;

import dev.braid.model.Check;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import java.io.Serializable;

/**
 * How many pictures of a set were answered rightly; a set without pictures has no score.
 *
 * @param routed pictures for which the tested set's own task came first, or was known
 */
public record Score(long correct, long routed, long total) implements Serializable {
  private static final String CORRECT = "correct";
  private static final String ROUTED = "routed";
  private static final String TOTAL = "total";

  public Score {
    Check.argument(total > 0, "Invalid score: of %s pictures (at least 1)", total);
    Check.argument(
        0 <= correct && correct <= total && 0 <= routed && routed <= total,
        "Invalid score: %s correct and %s routed (of %s)",
        correct,
        routed,
        total);
  }

  /** The score of both sets of pictures together. */
  Score plus(Score other) {
    return new Score(correct + other.correct, routed + other.routed, total + other.total);
  }

  /** Top-1 accuracy as a fraction. */
  public double accuracy() {
    return (double) correct / total;
  }

  byte[] toJson() {
    return new JsonObject().with(CORRECT, correct).with(ROUTED, routed).with(TOTAL, total).bytes();
  }

  static Score fromJson(byte[] json, String file) {
    return JsonFields.read(
        json,
        file,
        fields ->
            new Score(fields.integer(CORRECT), fields.integer(ROUTED), fields.integer(TOTAL)));
  }
}
