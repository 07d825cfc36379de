package dev.braid.inference.statistics;

import dev.braid.model.Check;
import dev.braid.model.record.Calibration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The probabilities of the labels of one picture: p(c|x) = Σₜ p(t|x) · q(c|x,t), mixed over the
 * experts that run. The probabilities of classes with the same label add up.
 */
public final class LabelProbabilities {
  private final double[] probabilities;

  /** Starts from zero for this number of labels. */
  public LabelProbabilities(int labels) {
    this.probabilities = new double[labels];
  }

  /**
   * Adds the answer of one expert.
   *
   * @param weight of the expert: {@link Route.Choice#weight}
   * @param answer its probabilities: {@link Calibration#answer}
   * @param labels the label of each class of the answer
   */
  public void add(double weight, double[] answer, int[] labels) {
    Check.argument(
        answer.length == labels.length,
        "Invalid answer: %s probabilities and %s labels",
        answer.length,
        labels.length);
    for (int c = 0; c < answer.length; c++) {
      probabilities[labels[c]] += weight * answer[c];
    }
  }

  /** The probability of a label. */
  public double of(int label) {
    return probabilities[label];
  }

  /** The most probable label; the first one wins a tie. */
  public int best() {
    int best = 0;
    for (int label = 1; label < probabilities.length; label++) {
      best = probabilities[label] > probabilities[best] ? label : best;
    }
    return best;
  }

  /** The most probable labels, best first, at most this number; the first one wins a tie. */
  public List<Integer> best(int count) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(label -> -probabilities[label]))
        .limit(count)
        .toList();
  }
}
