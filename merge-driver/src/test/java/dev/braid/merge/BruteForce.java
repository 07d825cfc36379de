package dev.braid.merge;

import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.record.MergeState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * METHODS 2.2 to 2.5 implemented literally, with all deltas in memory: the oracle of the merge. It
 * shares only the enums and the two lengths of the cut with the merge.
 */
public final class BruteForce {
  private final MergeState mergeState;
  private final RescalerKind rescalerKind;
  private final ShardCut cut;
  private final int[] groupOf;
  private final int groups;
  private final List<float[]> originals = new ArrayList<>();

  float[] unified = new float[0];
  List<boolean[]> masks = List.of();
  List<float[]> lambdas = List.of();

  /** Products of λ and u that exceed float32 although their bit is set. */
  int underflows;

  public BruteForce(
      MergeState mergeState, RescalerKind rescalerKind, ShardCut cut, int[] groupOf, int groups) {
    this.mergeState = mergeState;
    this.rescalerKind = rescalerKind;
    this.cut = cut;
    this.groupOf = groupOf;
    this.groups = groups;
  }

  public void merge(float[] delta) {
    List<float[]> deltas = new ArrayList<>();
    List<boolean[]> standing = new ArrayList<>();
    if (mergeState == MergeState.DELTAS) {
      originals.add(delta);
      deltas.addAll(originals);
    } else {
      for (int task = 0; task < masks.size(); task++) {
        deltas.add(decoupled(task));
      }
      deltas.add(delta);
      standing.addAll(masks);
    }
    unify(deltas, standing);
  }

  /** The unified delta. */
  public float[] unified() {
    return unified.clone();
  }

  /** A task after the last merge. */
  public float[] decoupled(int task) {
    float[] delta = new float[unified.length];
    for (int j = 0; j < delta.length; j++) {
      float product = lambdas.get(task)[groupOf[j]] * unified[j];
      delta[j] = masks.get(task)[j] && product != 0 ? product : 0f;
    }
    return delta;
  }

  /**
   * Unifies. A product that underflowed to 0 keeps the sign of u (METHODS 2.4: the old bits of a
   * coordinate are kept or cleared together), unless nothing remains of the coordinate.
   */
  private void unify(List<float[]> deltas, List<boolean[]> standing) {
    int n = groupOf.length;
    float[] next = new float[n];
    List<boolean[]> agree = new ArrayList<>();
    deltas.forEach(ignored -> agree.add(new boolean[n]));
    for (int j = 0; j < n; j++) {
      float sum = 0;
      for (float[] delta : deltas) {
        sum += delta[j];
      }
      int elected = sum > 0 ? 1 : -1;
      float largest = 0;
      for (int task = 0; task < deltas.size(); task++) {
        float value = deltas.get(task)[j];
        float sign = Math.signum(value);
        if (task < standing.size() && standing.get(task)[j] && value == 0) {
          underflows++;
          sign = Math.signum(unified[j]);
        }
        agree.get(task)[j] = sign == elected;
        largest = sign == elected ? Math.max(largest, Math.abs(value)) : largest;
      }
      next[j] = largest == 0 ? 0 : elected * largest;
      for (boolean[] mask : agree) {
        mask[j] &= largest != 0;
      }
    }
    unified = next;
    masks = agree;
    lambdas = new ArrayList<>();
    for (int task = 0; task < deltas.size(); task++) {
      float[] masked = new float[n];
      for (int j = 0; j < n; j++) {
        masked[j] = agree.get(task)[j] ? next[j] : 0;
      }
      lambdas.add(rescalers(sums(deltas.get(task)), sums(masked)));
    }
  }

  private float[] rescalers(double[] numerators, double[] denominators) {
    float[] lambda = new float[groups];
    double numerator = 0;
    double denominator = 0;
    for (int group = 0; group < groups; group++) {
      double size = rescalerKind == RescalerKind.GLOBAL ? 1 : size(group);
      numerator += numerators[group] / size;
      denominator += denominators[group] / size;
      lambda[group] = quotient(numerators[group], denominators[group]);
    }
    if (rescalerKind != RescalerKind.PER_TENSOR) {
      Arrays.fill(lambda, quotient(numerator, denominator));
    }
    return lambda;
  }

  private static float quotient(double numerator, double denominator) {
    float lambda = denominator == 0 ? 1 : (float) (numerator / denominator);
    return lambda == Float.POSITIVE_INFINITY ? 1 : lambda;
  }

  private long size(int group) {
    return Arrays.stream(groupOf).filter(g -> g == group).count();
  }

  /** Per group: 16 partials in a row, added 0 to 15; then rows; then shards. */
  private double[] sums(float[] values) {
    double[] total = new double[groups];
    for (int group = 0; group < groups; group++) {
      for (int shard = 0; shard < groupOf.length; shard += cut.shardLength()) {
        int shardEnd = Math.min(groupOf.length, shard + cut.shardLength());
        double ofShard = 0;
        for (int row = shard; row < shardEnd; row += cut.rowLength()) {
          ofShard += sumOfRow(values, group, row, Math.min(shardEnd, row + cut.rowLength()));
        }
        total[group] += ofShard;
      }
    }
    return total;
  }

  private double sumOfRow(float[] values, int group, int from, int to) {
    double sum = 0;
    for (int k = 0; k < 16; k++) {
      double partial = 0;
      for (int j = from + k; j < to; j += 16) {
        partial += groupOf[j] == group ? Math.abs((double) values[j]) : 0;
      }
      sum += partial;
    }
    return sum;
  }
}
