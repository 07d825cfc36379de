package dev.braid.merge.kernel;

import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;

import java.util.Arrays;

/** The loops in plain Java, without branches: what depends on data would be guessed wrong. */
public final class PlainKernel implements Kernel {
  private static final int LAST = PARTIALS - 1;

  @Override
  public void extend(
      float[] delta, int deltaAt, float[] sums, float[] highs, float[] lows, int at, int count) {
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
  public void unify(
      float[] sums,
      float[] highs,
      float[] lows,
      int at,
      float[] unified,
      int unifiedAt,
      int count) {
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
  public void sum(float[] values, int at, int from, int to, double[] partials, int partialsAt) {
    for (int j = from; j < to; j++) {
      partials[partialsAt + (j & LAST)] += Math.abs(values[at + j]);
    }
  }

  @Override
  public void maskedSums(
      float[] magnitudes,
      int tasks,
      long[] masks,
      int from,
      int to,
      double[] partials,
      int partialsAt) {
    for (int task = 0; task < tasks; task++) {
      int at = partialsAt + task * PARTIALS;
      for (int j = from; j < to; j++) {
        partials[at + (j & LAST)] += covered(magnitudes[j], masks, task * WORDS, j);
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
      float[] lambdas,
      long[] masks,
      int from,
      int to,
      float[] sums,
      float[] largest,
      double[] partials,
      int partialsAt) {
    Arrays.fill(sums, from, to, 0);
    Arrays.fill(largest, from, to, 0);
    for (int task = 0; task < lambdas.length; task++) {
      int at = partialsAt + task * PARTIALS;
      for (int j = from; j < to; j++) {
        float value = covered(lambdas[task] * magnitudes[j], masks, task * WORDS, j);
        sums[j] += value;
        largest[j] = Math.max(largest[j], value);
        partials[at + (j & LAST)] += value;
      }
    }
  }

  @Override
  public void elect(
      float[] unified,
      float[] delta,
      int at,
      float[] sums,
      float[] largest,
      float[] total,
      float[] next,
      int from,
      int to) {
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
