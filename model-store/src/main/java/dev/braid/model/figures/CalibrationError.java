package dev.braid.model.figures;

import dev.braid.model.Check;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Counts for the expected calibration error (Guo et al. 2017): the mean gap between the confidence
 * of an answer and the share of right answers, over 15 bins of equal width, weighted by the
 * pictures in each. Counts of disjoint sets of pictures add up exactly, in any order.
 *
 * @param bins bin i holds the confidences above i / 15, up to and including (i + 1) / 15
 */
public record CalibrationError(List<Bin> bins) implements Serializable {
  private static final int BINS = 15;

  /** No pictures. */
  public static final CalibrationError ZERO =
      new CalibrationError(IntStream.range(0, BINS).mapToObj(bin -> Bin.ZERO).toList());

  /**
   * The pictures of a bin.
   *
   * @param confidence the sum of the confidences, in units of 2^-32: sums of integers are exact
   */
  public record Bin(long pictures, long correct, long confidence) implements Serializable {
    private static final Bin ZERO = new Bin(0, 0, 0);
    private static final double ONE = 0x1p32;

    public Bin {
      Check.argument(
          0 <= correct && correct <= pictures && confidence >= 0,
          "Invalid bin: %s correct of %s pictures, confidence %s (no negative number)",
          correct,
          pictures,
          confidence);
    }

    private static Bin of(double confidence, boolean correct) {
      return new Bin(1, correct ? 1 : 0, Math.round(confidence * ONE));
    }

    private Bin plus(Bin other) {
      return new Bin(
          pictures + other.pictures, correct + other.correct, confidence + other.confidence);
    }

    /** The mean confidence, from 0 to 1; NaN without pictures. */
    public double meanConfidence() {
      return confidence / ONE / pictures;
    }

    /** The share of right answers, from 0 to 1; NaN without pictures. */
    public double accuracy() {
      return (double) correct / pictures;
    }

    /** The gap of the bin, times its pictures. */
    private double gap() {
      return Math.abs(correct - confidence / ONE);
    }
  }

  public CalibrationError {
    bins = List.copyOf(bins);
    Check.argument(
        bins.size() == BINS, "Invalid calibration error: %s bins (%s)", bins.size(), BINS);
  }

  /** The counts of one correct answer. */
  public static CalibrationError ofCorrect(double confidence) {
    return of(confidence, true);
  }

  /** The counts of one wrong answer. */
  public static CalibrationError ofWrong(double confidence) {
    return of(confidence, false);
  }

  /** The counts of both sets of pictures. */
  public CalibrationError plus(CalibrationError other) {
    return new CalibrationError(
        IntStream.range(0, BINS).mapToObj(bin -> bins.get(bin).plus(other.bins.get(bin))).toList());
  }

  /** The number of pictures. */
  public long pictures() {
    return counts().sum();
  }

  /** The expected calibration error, from 0 to 1; 0 without pictures. */
  public double expected() {
    double gaps = 0;
    for (Bin bin : bins) {
      gaps += bin.gap();
    }
    return gaps / Math.max(1, pictures());
  }

  private LongStream counts() {
    return bins.stream().mapToLong(Bin::pictures);
  }

  private static CalibrationError of(double confidence, boolean correct) {
    Check.argument(
        confidence >= 0 && confidence <= 1 + 1e-9,
        "Invalid confidence: %s (from 0 to 1)",
        confidence);
    int at = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(confidence * BINS) - 1));
    Bin one = Bin.of(confidence, correct);
    return new CalibrationError(
        IntStream.range(0, BINS).mapToObj(bin -> bin == at ? one : Bin.ZERO).toList());
  }
}
