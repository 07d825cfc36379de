package dev.braid.inference;

import dev.braid.model.Check;
import java.io.Serializable;

/**
 * The weight of each expert's logits when the task is unknown (METHODS 2.7).
 *
 * <p>The base is always a member and has the mean weight of the experts.
 */
public sealed interface EnsembleWeights extends Serializable {
  /**
   * The weight of an expert.
   *
   * @param similarity the cosine similarity of the image to the expert's task
   * @param best the highest similarity among the chosen experts
   */
  double of(double similarity, double best);

  /** The name of the weighting in settings and in the inputs of receipts. */
  String label();

  /** Equal weights. */
  record Mean() implements EnsembleWeights {
    @Override
    public double of(double similarity, double best) {
      return 1;
    }

    @Override
    public String label() {
      return "mean";
    }
  }

  /**
   * Weights proportional to the similarity of the image to the task. A negative similarity counts
   * as 0: with a negative weight, an expert would vote against its own prediction.
   */
  record Similarity() implements EnsembleWeights {
    @Override
    public double of(double similarity, double best) {
      return Math.max(0, similarity);
    }

    @Override
    public String label() {
      return "similarity";
    }
  }

  /** Softmax of the similarities; a lower temperature gives the best expert more weight. */
  record Softmax(double temperature) implements EnsembleWeights {
    public Softmax {
      Check.argument(
          temperature >= 1e-3 && temperature <= 1e3,
          "Invalid temperature: %s (0.001 to 1000)",
          temperature);
    }

    @Override
    public double of(double similarity, double best) {
      return StrictMath.exp((similarity - best) / temperature); // the common factor does not matter
    }

    @Override
    public String label() {
      return "softmax " + temperature;
    }
  }
}
