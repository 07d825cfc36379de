package dev.braid.merge.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.OR;

import dev.braid.merge.kernel.Decoupled;
import dev.braid.merge.kernel.Extremes;
import dev.braid.merge.kernel.Kernel;
import dev.braid.merge.kernel.PartialSums;
import dev.braid.merge.kernel.PlainKernel;
import dev.braid.merge.kernel.StepRow;
import dev.braid.merge.kernel.Triggers;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The loops on vectors of the machine's preferred length. */
public final class VectorKernel implements Kernel {
  /*
   * A stretch of 16 coordinates has one lane per partial sum; shorter vectors process it in parts,
   * so the order of the additions is the same for every length. The plain loops process the
   * coordinates before the first multiple of 16 (or 32) and after the last one.
   *
   * The loop over tasks is the inner one: what all tasks share stays in registers, and each task's
   * partial sums are loaded and stored once for two stretches. With tasks in the outer loop, every
   * task would load and store the sums and the largest values of each coordinate, which costs
   * more.
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
  private static final VectorSpecies<Long> LONGS =
      VectorSpecies.of(long.class, FLOATS.vectorShape());
  private static final int LANES = FLOATS.length();
  private static final int HALF = DOUBLES.length();

  /** Two stretches of 16 coordinates, whose bits are in one half of a word. */
  private static final int PAIR = 2 * PARTIALS;

  /**
   * Per lane the shift that moves its bit to the top; the bit 16 coordinates later is 16 higher.
   */
  private static final IntVector TO_TOP =
      IntVector.broadcast(INTS, Integer.SIZE - 1).sub(IntVector.zero(INTS).addIndex(1));

  private static final IntVector NEXT_TO_TOP = TO_TOP.sub(PARTIALS);

  /** The same for each half of the lanes, as doubles. */
  private static final LongVector FIRST_TO_TOP =
      LongVector.broadcast(LONGS, Long.SIZE - 1).sub(LongVector.zero(LONGS).addIndex(1));

  private static final LongVector SECOND_TO_TOP = FIRST_TO_TOP.sub(HALF);
  private static final LongVector NEXT_FIRST_TO_TOP = FIRST_TO_TOP.sub(PARTIALS);
  private static final LongVector NEXT_SECOND_TO_TOP = SECOND_TO_TOP.sub(PARTIALS);

  private static final VectorShuffle<Float> UPPER_FIRST =
      VectorShuffle.fromOp(FLOATS, lane -> (lane + HALF) % LANES);

  private static final int SIGN = Integer.SIZE - 1;

  private static final IntVector NONE = IntVector.zero(INTS);

  /** Per lane its own bit, in the lower and in the upper half of an int. */
  private static final IntVector BIT =
      IntVector.broadcast(INTS, 1).lanewise(LSHL, IntVector.zero(INTS).addIndex(1));

  private static final IntVector HIGH_BIT = BIT.lanewise(LSHL, PARTIALS);
  private static final long LOW_BITS = (1L << PARTIALS) - 1;

  private final PlainKernel plain = new PlainKernel();

  @Override
  public void extend(float[] delta, int deltaAt, Extremes extremes, int count) {
    float[] sums = extremes.sums();
    float[] highs = extremes.highs();
    float[] lows = extremes.lows();
    int at = extremes.at();
    int end = FLOATS.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      FloatVector values = FloatVector.fromArray(FLOATS, delta, deltaAt + j);
      FloatVector high = FloatVector.fromArray(FLOATS, highs, at + j);
      FloatVector low = FloatVector.fromArray(FLOATS, lows, at + j);
      FloatVector.fromArray(FLOATS, sums, at + j).add(values).intoArray(sums, at + j);
      high.blend(values, values.compare(GT, high)).intoArray(highs, at + j);
      low.blend(values, values.compare(LT, low)).intoArray(lows, at + j);
    }
    plain.extend(delta, deltaAt + end, new Extremes(sums, highs, lows, at + end), count - end);
  }

  @Override
  public void unify(Extremes extremes, float[] unified, int unifiedAt, int count) {
    float[] sums = extremes.sums();
    float[] highs = extremes.highs();
    float[] lows = extremes.lows();
    int at = extremes.at();
    int end = FLOATS.loopBound(count);
    for (int j = 0; j < end; j += LANES) {
      VectorMask<Float> positive = FloatVector.fromArray(FLOATS, sums, at + j).compare(GT, 0f);
      FloatVector.fromArray(FLOATS, lows, at + j)
          .blend(FloatVector.fromArray(FLOATS, highs, at + j), positive)
          .intoArray(unified, unifiedAt + j);
    }
    plain.unify(new Extremes(sums, highs, lows, at + end), unified, unifiedAt + end, count - end);
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
    plain.magnitudes(values, at, magnitudes, count); // C2 vectorizes it
  }

  @Override
  public void sum(float[] values, int at, int from, int to, PartialSums partials) {
    double[] sums = partials.sums();
    int partialsAt = partials.at();
    int begin = begin(from, to, PARTIALS);
    int end = end(begin, to, PARTIALS);
    plain.sum(values, at, from, begin, partials);
    for (int lane = 0; lane < PARTIALS; lane += LANES) {
      DoubleVector first = DoubleVector.fromArray(DOUBLES, sums, partialsAt + lane);
      DoubleVector second = DoubleVector.fromArray(DOUBLES, sums, partialsAt + lane + HALF);
      for (int j = begin + lane; j < end; j += PARTIALS) {
        FloatVector value = FloatVector.fromArray(FLOATS, values, at + j).abs();
        first = first.add(lower(value));
        second = second.add(upper(value));
      }
      first.intoArray(sums, partialsAt + lane);
      second.intoArray(sums, partialsAt + lane + HALF);
    }
    plain.sum(values, at, end, to, partials);
  }

  @Override
  public void maskedSums(
      float[] magnitudes, int tasks, long[] masks, int from, int to, PartialSums partials) {
    double[] sums = partials.sums();
    int begin = begin(from, to, PAIR);
    int end = end(begin, to, PAIR);
    plain.maskedSums(magnitudes, tasks, masks, from, begin, partials);
    for (int j = begin; j < end; j += PAIR) {
      for (int lane = 0; lane < PARTIALS; lane += LANES) {
        maskedSums(magnitudes, tasks, masks, j + lane, sums, partials.at() + lane);
      }
    }
    plain.maskedSums(magnitudes, tasks, masks, end, to, partials);
  }

  /** For the lanes from j on, and those 16 later. */
  private static void maskedSums(
      float[] magnitudes, int tasks, long[] masks, int j, double[] partials, int partialsAt) {
    FloatVector here = FloatVector.fromArray(FLOATS, magnitudes, j);
    FloatVector next = FloatVector.fromArray(FLOATS, magnitudes, j + PARTIALS);
    LongVector hereFirst = lower(here).reinterpretAsLongs();
    LongVector hereSecond = upper(here).reinterpretAsLongs();
    LongVector nextFirst = lower(next).reinterpretAsLongs();
    LongVector nextSecond = upper(next).reinterpretAsLongs();
    int word = j / Long.SIZE;
    for (int task = 0; task < tasks; task++) {
      LongVector bits = LongVector.broadcast(LONGS, masks[task * WORDS + word] >>> j);
      int at = partialsAt + task * PARTIALS;
      DoubleVector.fromArray(DOUBLES, partials, at)
          .add(ifSet(hereFirst, bits, FIRST_TO_TOP))
          .add(ifSet(nextFirst, bits, NEXT_FIRST_TO_TOP))
          .intoArray(partials, at);
      DoubleVector.fromArray(DOUBLES, partials, at + HALF)
          .add(ifSet(hereSecond, bits, SECOND_TO_TOP))
          .add(ifSet(nextSecond, bits, NEXT_SECOND_TO_TOP))
          .intoArray(partials, at + HALF);
    }
  }

  /** The values whose bits are set, else 0. */
  private static DoubleVector ifSet(LongVector values, LongVector bits, LongVector toTop) {
    return values
        .and(bits.lanewise(LSHL, toTop).lanewise(ASHR, Long.SIZE - 1))
        .reinterpretAsDoubles();
  }

  private static IntVector ifSet(FloatVector values, IntVector bits, IntVector toTop) {
    return values.reinterpretAsInts().and(bits.lanewise(LSHL, toTop).lanewise(ASHR, SIGN));
  }

  /** The first half of the lanes. */
  private static DoubleVector lower(FloatVector values) {
    return (DoubleVector) values.convertShape(F2D, DOUBLES, 0);
  }

  /** The second half; converting part 1 costs a dozen more instructions with C2 on Java 17. */
  private static DoubleVector upper(FloatVector values) {
    return lower(values.rearrange(UPPER_FIRST));
  }

  @Override
  public float peak(float[] magnitudes, long[] mask, int maskAt, int from, int to) {
    int begin = begin(from, to, PARTIALS);
    int end = end(begin, to, PARTIALS);
    IntVector peaks = IntVector.zero(INTS);
    for (int j = begin; j < end; j += LANES) {
      int bits = (int) (mask[maskAt + j / Long.SIZE] >>> j);
      FloatVector values = FloatVector.fromArray(FLOATS, magnitudes, j);
      peaks = // magnitudes and their bits have one order
          peaks.max(ifSet(values, IntVector.broadcast(INTS, bits), TO_TOP));
    }
    return Math.max(
        peaks.reinterpretAsFloats().reduceLanes(MAX),
        Math.max(
            plain.peak(magnitudes, mask, maskAt, from, begin),
            plain.peak(magnitudes, mask, maskAt, end, to)));
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
    int begin = begin(from, to, PAIR);
    int end = end(begin, to, PAIR);
    plain.decouple(magnitudes, triggers, from, begin, decoupled, partials);
    for (int j = begin; j < end; j += PAIR) {
      for (int lane = 0; lane < PARTIALS; lane += LANES) {
        decouple(
            magnitudes, lambdas, masks, j + lane, sums, largest, taskSums, partials.at() + lane);
      }
    }
    plain.decouple(magnitudes, triggers, end, to, decoupled, partials);
  }

  /** For the lanes from j on, and those 16 later. */
  private static void decouple(
      float[] magnitudes,
      float[] lambdas,
      long[] masks,
      int j,
      float[] sums,
      float[] largest,
      double[] partials,
      int partialsAt) {
    FloatVector here = FloatVector.fromArray(FLOATS, magnitudes, j);
    FloatVector next = FloatVector.fromArray(FLOATS, magnitudes, j + PARTIALS);
    FloatVector hereSum = FloatVector.zero(FLOATS);
    FloatVector nextSum = hereSum;
    IntVector hereLargest = IntVector.zero(INTS); // a shared one would be kept on the heap
    IntVector nextLargest = hereLargest;
    int word = j / Long.SIZE;
    for (int task = 0; task < lambdas.length; task++) {
      int low = (int) (masks[task * WORDS + word] >>> j);
      IntVector bits = IntVector.broadcast(INTS, low);
      IntVector hereBits = ifSet(here.mul(lambdas[task]), bits, TO_TOP);
      IntVector nextBits = ifSet(next.mul(lambdas[task]), bits, NEXT_TO_TOP);
      hereLargest = hereLargest.max(hereBits); // magnitudes and their bits have one order
      nextLargest = nextLargest.max(nextBits);
      FloatVector hereValue = hereBits.reinterpretAsFloats();
      FloatVector nextValue = nextBits.reinterpretAsFloats();
      hereSum = hereSum.add(hereValue);
      nextSum = nextSum.add(nextValue);
      int at = partialsAt + task * PARTIALS;
      DoubleVector.fromArray(DOUBLES, partials, at)
          .add(lower(hereValue))
          .add(lower(nextValue))
          .intoArray(partials, at);
      DoubleVector.fromArray(DOUBLES, partials, at + HALF)
          .add(upper(hereValue))
          .add(upper(nextValue))
          .intoArray(partials, at + HALF);
    }
    hereSum.intoArray(sums, j);
    nextSum.intoArray(sums, j + PARTIALS);
    hereLargest.reinterpretAsFloats().intoArray(largest, j);
    nextLargest.reinterpretAsFloats().intoArray(largest, j + PARTIALS);
  }

  @Override
  public void elect(StepRow row, Decoupled decoupled, float[] total, int from, int to) {
    float[] unified = row.unified();
    float[] delta = row.delta();
    float[] next = row.next();
    int at = row.at();
    float[] sums = decoupled.sums();
    float[] largest = decoupled.largest();
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
    plain.elect(row, decoupled, total, end, to);
  }

  private static int begin(int from, int to, int step) {
    return Math.min(to, (from + step - 1) / step * step);
  }

  private static int end(int begin, int to, int step) {
    return Math.max(begin, to / step * step);
  }
}
