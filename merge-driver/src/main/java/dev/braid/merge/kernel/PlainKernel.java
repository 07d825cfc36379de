package dev.braid.merge.kernel;

import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;

import java.util.Arrays;

/** The loops in plain Java, without branches on data, which would be mispredicted. */
public final class PlainKernel implements Kernel {
  private static final int LAST = PARTIALS - 1;

  @Override
  public void extend(float[] delta, int deltaAt, Extremes extremes, int count) {
    float[] sums = extremes.sums();
    float[] highs = extremes.highs();
    float[] lows = extremes.lows();
    int at = extremes.at();
    for (int j = 0; j < count; j++) {
      sums[at + j] += delta[deltaAt + j];
    }
    for (int j = 0; j < count; j++) {
      highs[at + j] = Math.max(highs[at + j], delta[deltaAt + j]);
    }
    for (int j = 0; j < count; j++) {
      lows[at + j] = Math.min(lows[at + j], delta[deltaAt + j]) + 0f; // min(+0, -0) is -0
    }
  }

  @Override
  public void unify(Extremes extremes, float[] unified, int unifiedAt, int count) {
    float[] sums = extremes.sums();
    float[] highs = extremes.highs();
    float[] lows = extremes.lows();
    int at = extremes.at();
    for (int j = 0; j < count; j++) {
      int high = ifPositive(sums[at + j]);
      unified[unifiedAt + j] =
          intBitsToFloat(
              (floatToRawIntBits(highs[at + j]) & high)
                  | (floatToRawIntBits(lows[at + j]) & ~high));
    }
  }

  /** All bits set if the value is above 0, else none. */
  private static int ifPositive(float value) {
    int bits = floatToRawIntBits(value);
    return (-bits & ~bits) >> 31;
  }

  @Override
  public void signs(float[] values, int at, int from, int to, long[] positive, long[] negative) {
    for (int j = from; j < to; j += Long.SIZE) {
      long above = 0;
      long below = 0;
      int width = Math.min(Long.SIZE, to - j);
      for (int k = 0; k < width; k++) {
        float value = values[at + j + k];
        above |= (ifPositive(value) & 1L) << k;
        below |= (ifPositive(-value) & 1L) << k;
      }
      positive[j / Long.SIZE] = above;
      negative[j / Long.SIZE] = below;
    }
  }

  @Override
  public void magnitudes(float[] values, int at, float[] magnitudes, int count) {
    for (int j = 0; j < count; j++) {
      magnitudes[j] = Math.abs(values[at + j]);
    }
  }

  @Override
  public void sum(float[] values, int at, int from, int to, PartialSums partials) {
    double[] sums = partials.sums();
    int partialsAt = partials.at();
    for (int j = from; j < to; j++) {
      sums[partialsAt + (j & LAST)] += Math.abs(values[at + j]);
    }
  }

  @Override
  public void maskedSums(
      float[] magnitudes, int tasks, long[] masks, int from, int to, PartialSums partials) {
    double[] sums = partials.sums();
    for (int task = 0; task < tasks; task++) {
      int at = partials.at() + task * PARTIALS;
      for (int j = from; j < to; j++) {
        sums[at + (j & LAST)] += covered(magnitudes[j], masks, task * WORDS, j);
      }
    }
  }

  @Override
  public float peak(float[] magnitudes, long[] mask, int maskAt, int from, int to) {
    float peak = 0;
    for (int j = from; j < to; j++) {
      peak = Math.max(peak, covered(magnitudes[j], mask, maskAt, j));
    }
    return peak;
  }

  /** The value if the coordinate's bit is set, else 0. */
  private static float covered(float value, long[] mask, int maskAt, int coordinate) {
    int ifSet = -(int) (mask[maskAt + (coordinate >> 6)] >>> coordinate & 1);
    return intBitsToFloat(floatToRawIntBits(value) & ifSet);
  }

  @Override
  public void decouple(
      float[] magnitudes,
      Triggers triggers,
      int from,
      int to,
      Decoupled decoupled,
      PartialSums partials) {
    float[] lambdas = triggers.lambdas();
    long[] masks = triggers.masks();
    float[] sums = decoupled.sums();
    float[] largest = decoupled.largest();
    double[] taskSums = partials.sums();
    Arrays.fill(sums, from, to, 0);
    Arrays.fill(largest, from, to, 0);
    for (int task = 0; task < lambdas.length; task++) {
      int at = partials.at() + task * PARTIALS;
      for (int j = from; j < to; j++) {
        float value = covered(lambdas[task] * magnitudes[j], masks, task * WORDS, j);
        sums[j] += value;
        largest[j] = Math.max(largest[j], value);
        taskSums[at + (j & LAST)] += value;
      }
    }
  }

  @Override
  public void elect(StepRow row, Decoupled decoupled, float[] total, int from, int to) {
    float[] unified = row.unified();
    float[] delta = row.delta();
    float[] next = row.next();
    int at = row.at();
    float[] sums = decoupled.sums();
    float[] largest = decoupled.largest();
    for (int j = from; j < to; j++) {
      float old = unified[at + j];
      float added = delta[at + j];
      total[j] = Math.copySign(sums[j], old) + added;
      int minus = ~ifPositive(total[j]) & Integer.MIN_VALUE; // the elected sign's bit
      int stays = ifPositive(intBitsToFloat(floatToRawIntBits(old) ^ minus));
      float kept = intBitsToFloat(floatToRawIntBits(largest[j]) & stays);
      float joins = Math.max(intBitsToFloat(floatToRawIntBits(added) ^ minus), 0f);
      float magnitude = Math.max(kept, joins);
      next[at + j] = intBitsToFloat(floatToRawIntBits(magnitude) | minus) + 0f; // -0 + 0 is +0
    }
  }
}
