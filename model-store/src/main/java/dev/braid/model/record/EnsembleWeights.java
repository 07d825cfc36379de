package dev.braid.model.record;

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

  /**
   * The weighting of this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  static EnsembleWeights of(String label) {
    if (label.startsWith(Softmax.PREFIX)) {
      return Softmax.of(label);
    }
    return switch (label) {
      case Mean.NAME -> new Mean();
      case Similarity.NAME -> new Similarity();
      default -> throw invalid(label);
    };
  }

  private static IllegalArgumentException invalid(String label) {
    return new IllegalArgumentException(
        "Invalid weighting: %s (mean, similarity or softmax and a temperature)".formatted(label));
  }

  /** Equal weights. */
  record Mean() implements EnsembleWeights {
    private static final String NAME = "mean";

    @Override
    public double of(double similarity, double best) {
      return 1;
    }

    @Override
    public String label() {
      return NAME;
    }
  }

  /**
   * Weights proportional to the similarity of the image to the task. A negative similarity counts
   * as 0: with a negative weight, an expert would vote against its own prediction.
   */
  record Similarity() implements EnsembleWeights {
    private static final String NAME = "similarity";

    @Override
    public double of(double similarity, double best) {
      return Math.max(0, similarity);
    }

    @Override
    public String label() {
      return NAME;
    }
  }

  /** Softmax of the similarities; a lower temperature gives the best expert more weight. */
  record Softmax(double temperature) implements EnsembleWeights {
    private static final String PREFIX = "softmax ";

    public Softmax {
      Check.argument(
          temperature >= 1e-3 && temperature <= 1e3,
          "Invalid temperature: %s (0.001 to 1000)",
          temperature);
    }

    private static Softmax of(String label) {
      try {
        return new Softmax(Double.parseDouble(label.substring(PREFIX.length())));
      } catch (NumberFormatException noNumber) { // its message lacks the label
        throw invalid(label);
      }
    }

    @Override
    public double of(double similarity, double best) {
      return StrictMath.exp((similarity - best) / temperature); // the common factor does not matter
    }

    @Override
    public String label() {
      return PREFIX + temperature;
    }
  }
}
