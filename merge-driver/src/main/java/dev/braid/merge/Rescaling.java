package dev.braid.merge;

import dev.braid.model.RescalerKind;
import dev.braid.model.TensorGroups;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rescaler λ of one task, and what of the task is lost (METHODS 2.2).
 *
 * @param lambda one for the whole delta, or one per group
 * @param lostGroups names of the groups that had values and have none left
 * @param lost whether nothing of the whole delta is left, though there was something
 */
public record Rescaling(List<Float> lambda, List<String> lostGroups, boolean lost) {
  public Rescaling {
    lambda = List.copyOf(lambda);
    lostGroups = List.copyOf(lostGroups);
  }

  /** The rescaler that follows from a task's sums of |δ| and of |M u|. */
  public static Rescaling of(
      RescalerKind rescalerKind,
      TensorGroups groups,
      GroupSums numerators,
      GroupSums denominators) {
    double numerator = total(rescalerKind, groups, numerators);
    double denominator = total(rescalerKind, groups, denominators);
    List<Float> lambda =
        rescalerKind == RescalerKind.PER_TENSOR
            ? IntStream.range(0, groups.count())
                .mapToObj(group -> quotient(numerators.of(group), denominators.of(group)))
                .toList()
            : List.of(quotient(numerator, denominator));
    List<String> lostGroups =
        IntStream.range(0, groups.count())
            .filter(group -> isLost(numerators.of(group), denominators.of(group)))
            .mapToObj(groups.names()::get)
            .toList();
    return new Rescaling(lambda, lostGroups, isLost(numerator, denominator));
  }

  /** The sum over all groups, in order: of their means under tensor-mean, else of their sums. */
  private static double total(RescalerKind rescalerKind, TensorGroups groups, GroupSums sums) {
    double total = 0;
    for (int group = 0; group < groups.count(); group++) {
      total += sums.of(group) / (rescalerKind == RescalerKind.TENSOR_MEAN ? groups.size(group) : 1);
    }
    return total;
  }

  private static float quotient(double numerator, double denominator) {
    boolean isNothing = numerator == 0 && denominator == 0;
    return isNothing || isLost(numerator, denominator) ? 1f : (float) (numerator / denominator);
  }

  /** What is left is nothing, or so little that no float32 brings it back to its size. */
  private static boolean isLost(double numerator, double denominator) {
    return numerator > 0 && Float.isInfinite((float) (numerator / denominator));
  }
}
