package dev.braid.inference;

import dev.braid.model.Check;
import java.io.Serializable;

/**
 * How much the logits of each expert count when the task is unknown (METHODS 2.7).
 *
 * <p>The base, which is always asked too, counts like the mean expert.
 */
public sealed interface EnsembleWeights extends Serializable {
  /**
   * The weight of an expert.
   *
   * @param similarity of the picture to the expert's task, a cosine
   * @param best similarity of the experts asked
   */
  double of(double similarity, double best);

  /** The weighting in settings and in the keys of receipts. */
  String label();

  /** All the same. */
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
   * By the similarity of the picture to the task. One below 0 counts as 0: weighted by it, an
   * expert would vote against what it takes the picture for, and all the more the less it knows of
   * it.
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

  /** By the softmax of the similarities over a temperature: the lower, the more the best counts. */
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
