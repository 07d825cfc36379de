package dev.braid.jobs.predict;

import dev.braid.inference.classify.Candidates;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import java.io.Serializable;

/**
 * With what pictures are classified.
 *
 * @param version the number of the version in its line
 * @param digest of its model
 * @param topK the largest number of labels in an answer
 */
public record PredictedModel(int version, Digest digest, Candidates candidates, int topK)
    implements Serializable {
  public PredictedModel {
    Check.argument(topK > 0, "Invalid number of labels: %s (at least 1)", topK);
  }
}
