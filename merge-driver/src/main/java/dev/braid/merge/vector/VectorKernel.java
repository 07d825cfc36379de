package dev.braid.merge.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.OR;

import dev.braid.merge.kernel.Kernel;
import dev.braid.merge.kernel.PlainKernel;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loops on vectors of the machine's own length. */
public final class VectorKernel implements Kernel {
  /*
   * The 16 partial sums of a stretch stay in registers: with vectors of L floats the stretch is
   * passed 16 / L times, each time over L of every 16 coordinates, so the order of the additions is
   * the same for every L. What comes before the first multiple of 16 and after the last one is done
   * by the plain loops.
   *
   * Bits become lanes by shifts: the bit of lane k is moved to the top and spread over the lane.
   * (VectorMask.fromLong is several times slower on Java 17.)
   */
  private static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() <= PARTIALS
          ? FloatVector.SPECIES_PREFERRED
          : FloatVector.SPECIES_512;

  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, FLOATS.vectorShape());
  private static final int LANES = FLOATS.length();
  private static final int HALF = DOUBLES.length();

  /** Per lane the shift that brings its bit to the top. */
  private static final IntVector TO_TOP =
      IntVector.broadcast(INTS, Integer.SIZE - 1).sub(IntVector.zero(INTS).addIndex(1));

  private static final int SIGN = Integer.SIZE - 1;

  private static final IntVector NONE = IntVector.zero(INTS);

  /** Per lane its own bit, in the lower and in the upper half of an int. */
  private static final IntVector BIT =
      IntVector.broadcast(INTS, 1).lanewise(LSHL, IntVector.zero(INTS).addIndex(1));

  private static final IntVector HIGH_BIT = BIT.lanewise(LSHL, PARTIALS);
  private static final long LOW_BITS = (1L << PARTIALS) - 1;

  private final PlainKernel plain = new PlainKernel();

  @Override
  public void extend(
      float[] delta, int deltaAt, float[] sums, float[] highs, float[] lows, int at, int count) {
    int end = FLOATS.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      FloatVector values = FloatVector.fromArray(FLOATS, delta, deltaAt + j);
      FloatVector high = FloatVector.fromArray(FLOATS, highs, at + j);
      FloatVector low = FloatVector.fromArray(FLOATS, lows, at + j);
      FloatVector.fromArray(FLOATS, sums, at + j).add(values).intoArray(sums, at + j);
      high.blend(values, values.compare(GT, high)).intoArray(highs, at + j);
      low.blend(values, values.compare(LT, low)).intoArray(lows, at + j);
    }
    plain.extend(delta, deltaAt + end, sums, highs, lows, at + end, count - end);
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
    int end = FLOATS.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      VectorMask<Float> positive = FloatVector.fromArray(FLOATS, sums, at + j).compare(GT, 0f);
      FloatVector.fromArray(FLOATS, lows, at + j)
          .blend(FloatVector.fromArray(FLOATS, highs, at + j), positive)
          .intoArray(unified, unifiedAt + j);
    }
    plain.unify(sums, highs, lows, at + end, unified, unifiedAt + end, count - end);
  }

  @Override
  public void signs(float[] values, int at, int from, int to, long[] positive, long[] negative) {
    int end = to / Long.SIZE * Long.SIZE;
    for (int j = from; j < end; j += Long.SIZE) {
      long above = 0;
      long below = 0;
      for (int k = 0; k < Long.SIZE; k += LANES) {
        FloatVector next = FloatVector.fromArray(FLOATS, values, at + j + k);
        int bits =
            NONE.blend(BIT, cast(next.compare(GT, 0f)))
                .or(NONE.blend(HIGH_BIT, cast(next.compare(LT, 0f))))
                .reduceLanes(OR);
        above |= (bits & LOW_BITS) << k;
        below |= (long) (bits >>> PARTIALS) << k;
      }
      positive[j / Long.SIZE] = above;
      negative[j / Long.SIZE] = below;
    }
    plain.signs(values, at, end, to, positive, negative);
  }

  private static VectorMask<Integer> cast(VectorMask<Float> mask) {
    return mask.cast(INTS);
  }

  @Override
  public void magnitudes(float[] values, int at, float[] magnitudes, int count) {
    plain.magnitudes(values, at, magnitudes, count); // which C2 makes vectors of
  }

  @Override
  public void sum(float[] values, int at, int from, int to, double[] partials, int partialsAt) {
    int begin = begin(from, to);
    int end = end(begin, to);
    plain.sum(values, at, from, begin, partials, partialsAt);
    for (int lane = 0; lane < PARTIALS; lane += LANES) {
      DoubleVector first = DoubleVector.fromArray(DOUBLES, partials, partialsAt + lane);
      DoubleVector second = DoubleVector.fromArray(DOUBLES, partials, partialsAt + lane + HALF);
      for (int j = begin + lane; j < end; j += PARTIALS) {
        FloatVector value = FloatVector.fromArray(FLOATS, values, at + j).abs();
        first = first.add(value.convertShape(F2D, DOUBLES, 0));
        second = second.add(value.convertShape(F2D, DOUBLES, 1));
      }
      first.intoArray(partials, partialsAt + lane);
      second.intoArray(partials, partialsAt + lane + HALF);
    }
    plain.sum(values, at, end, to, partials, partialsAt);
  }

  @Override
  public float maskedSum(
      float[] magnitudes,
      long[] mask,
      int maskAt,
      int from,
      int to,
      double[] partials,
      int partialsAt) {
    int begin = begin(from, to);
    int end = end(begin, to);
    float peak = plain.maskedSum(magnitudes, mask, maskAt, from, begin, partials, partialsAt);
    for (int lane = 0; lane < PARTIALS; lane += LANES) {
      DoubleVector first = DoubleVector.fromArray(DOUBLES, partials, partialsAt + lane);
      DoubleVector second = DoubleVector.fromArray(DOUBLES, partials, partialsAt + lane + HALF);
      IntVector peaks = IntVector.zero(INTS);
      for (int j = begin + lane; j < end; j += PARTIALS) {
        IntVector bits =
            FloatVector.fromArray(FLOATS, magnitudes, j)
                .reinterpretAsInts()
                .and(ifSet(mask, maskAt, j));
        peaks = peaks.max(bits); // magnitudes and their bits have one order
        FloatVector value = bits.reinterpretAsFloats();
        first = first.add(value.convertShape(F2D, DOUBLES, 0));
        second = second.add(value.convertShape(F2D, DOUBLES, 1));
      }
      first.intoArray(partials, partialsAt + lane);
      second.intoArray(partials, partialsAt + lane + HALF);
      peak = Math.max(peak, peaks.reinterpretAsFloats().reduceLanes(MAX));
    }
    return Math.max(peak, plain.maskedSum(magnitudes, mask, maskAt, end, to, partials, partialsAt));
  }

  /** Lanes of ones where the coordinates' bits are set, else of zeros. */
  private static IntVector ifSet(long[] mask, int maskAt, int coordinate) {
    int bits = (int) (mask[maskAt + (coordinate >> 6)] >>> coordinate);
    return IntVector.broadcast(INTS, bits).lanewise(LSHL, TO_TOP).lanewise(ASHR, SIGN);
  }

  @Override
  public void decouple(
      float[] magnitudes,
      float lambda,
      long[] mask,
      int maskAt,
      int from,
      int to,
      float[] sums,
      float[] largest,
      double[] partials,
      int partialsAt) {
    int begin = begin(from, to);
    int end = end(begin, to);
    plain.decouple(
        magnitudes, lambda, mask, maskAt, from, begin, sums, largest, partials, partialsAt);
    for (int lane = 0; lane < PARTIALS; lane += LANES) {
      DoubleVector first = DoubleVector.fromArray(DOUBLES, partials, partialsAt + lane);
      DoubleVector second = DoubleVector.fromArray(DOUBLES, partials, partialsAt + lane + HALF);
      for (int j = begin + lane; j < end; j += PARTIALS) {
        IntVector bits =
            FloatVector.fromArray(FLOATS, magnitudes, j)
                .mul(lambda)
                .reinterpretAsInts()
                .and(ifSet(mask, maskAt, j));
        FloatVector value = bits.reinterpretAsFloats();
        FloatVector.fromArray(FLOATS, sums, j).add(value).intoArray(sums, j);
        FloatVector.fromArray(FLOATS, largest, j)
            .reinterpretAsInts()
            .max(bits) // magnitudes and their bits have one order
            .reinterpretAsFloats()
            .intoArray(largest, j);
        first = first.add(value.convertShape(F2D, DOUBLES, 0));
        second = second.add(value.convertShape(F2D, DOUBLES, 1));
      }
      first.intoArray(partials, partialsAt + lane);
      second.intoArray(partials, partialsAt + lane + HALF);
    }
    plain.decouple(magnitudes, lambda, mask, maskAt, end, to, sums, largest, partials, partialsAt);
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
    int end = from + FLOATS.loopBound(to - from);
    for (int j = from; j < end; j += LANES) {
      FloatVector old = FloatVector.fromArray(FLOATS, unified, at + j);
      FloatVector added = FloatVector.fromArray(FLOATS, delta, at + j);
      FloatVector sum = FloatVector.fromArray(FLOATS, sums, j);
      FloatVector elected = sum.blend(sum.neg(), old.compare(LT, 0f)).add(added);
      elected.intoArray(total, j);
      VectorMask<Float> positive = elected.compare(GT, 0f);
      FloatVector stays = old.neg().blend(old, positive);
      FloatVector joins = added.neg().blend(added, positive);
      FloatVector zero = FloatVector.zero(FLOATS);
      FloatVector kept =
          zero.blend(FloatVector.fromArray(FLOATS, largest, j), stays.compare(GT, 0f));
      FloatVector magnitude = kept.blend(joins, joins.compare(GT, kept));
      magnitude.neg().blend(magnitude, positive).add(0f).intoArray(next, at + j);
    }
    plain.elect(unified, delta, at, sums, largest, total, next, end, to);
  }

  private static int begin(int from, int to) {
    return Math.min(to, (from + PARTIALS - 1) / PARTIALS * PARTIALS);
  }

  private static int end(int begin, int to) {
    return Math.max(begin, to / PARTIALS * PARTIALS);
  }
}
