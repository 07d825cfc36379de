package dev.braid.inference;

import dev.braid.model.record.Prototypes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Chooses the experts for an image of an unknown task (METHODS 2.7). */
public final class ExpertChooser {
  /**
   * The experts for one image, best first.
   *
   * @param tasks indices in the list of tasks
   * @param similarities of the image to each of them
   */
  @SuppressWarnings("ArrayRecordComponent")
  public // never compared
  record Choice(int[] tasks, double[] similarities) implements java.io.Serializable {}

  /* The vectors of each task, one after the other. */
  private final List<float[]> tasks;
  private final int experts;

  public ExpertChooser(List<Prototypes> tasks, int experts) {
    this.tasks = tasks.stream().map(Prototypes::vectors).toList();
    this.experts = experts;
  }

  /** The choice for the base's unit vector of an image; an earlier task wins a tie. */
  public Choice choose(float[] picture) {
    double[] similarities = tasks.stream().mapToDouble(task -> nearest(task, picture)).toArray();
    int[] best =
        IntStream.range(0, similarities.length)
            .boxed()
            .sorted(Comparator.comparing((Integer task) -> -similarities[task]))
            .limit(experts)
            .mapToInt(task -> task)
            .toArray();
    double[] chosen = IntStream.of(best).mapToDouble(task -> similarities[task]).toArray();
    return new Choice(best, chosen);
  }

  private static double nearest(float[] vectors, float[] picture) {
    double best = Double.NEGATIVE_INFINITY;
    for (int start = 0; start < vectors.length; start += picture.length) {
      double cosine = 0;
      for (int i = 0; i < picture.length; i++) {
        cosine += (double) picture[i] * vectors[start + i];
      }
      best = Math.max(best, cosine);
    }
    return best;
  }
}
