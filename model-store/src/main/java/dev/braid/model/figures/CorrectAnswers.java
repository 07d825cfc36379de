package dev.braid.model.figures;

import dev.braid.model.Bits;
import dev.braid.model.Check;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Which pictures of a sample were classified correctly, in the order of their rows. Two classifiers
 * can be compared picture by picture.
 */
public final class CorrectAnswers implements Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] bits;
  private final int total;

  private CorrectAnswers(byte[] bits, int total) {
    this.bits = bits;
    this.total = total;
  }

  /** The answers, one for each picture. */
  public static CorrectAnswers of(boolean... answers) {
    byte[] bits = Bits.row(answers.length);
    for (int i = 0; i < answers.length; i++) {
      if (answers[i]) {
        Bits.set(bits, i);
      }
    }
    return new CorrectAnswers(bits, answers.length);
  }

  /**
   * The answers that {@link #hex} has written.
   *
   * @throws IllegalArgumentException if the text does not describe this number of pictures
   */
  public static CorrectAnswers of(String hex, int total) {
    byte[] bits = HexFormat.of().parseHex(hex);
    Check.argument(
        total >= 0 && bits.length == Bits.row(total).length,
        "Invalid answers: %s bytes for %s pictures (one bit a picture)",
        bits.length,
        total);
    CorrectAnswers answers = new CorrectAnswers(bits, total);
    Check.argument(
        answers.correct() == answers.countUpTo(total),
        "Invalid answers: bits after the last of %s pictures (must be 0)",
        total);
    return answers;
  }

  private int countUpTo(int end) {
    int count = 0;
    for (int i = 0; i < end; i++) {
      count += isCorrect(i) ? 1 : 0;
    }
    return count;
  }

  /** Whether the picture was classified correctly. */
  public boolean isCorrect(int picture) {
    return Bits.get(bits, picture);
  }

  /** The number of pictures that were classified correctly. */
  public int correct() {
    return Bits.count(bits);
  }

  /** The number of pictures. */
  public int total() {
    return total;
  }

  /** These answers, followed by those for other pictures. */
  public CorrectAnswers plus(CorrectAnswers next) {
    boolean[] all = new boolean[total + next.total];
    for (int i = 0; i < all.length; i++) {
      all[i] = i < total ? isCorrect(i) : next.isCorrect(i - total);
    }
    return of(all);
  }

  /**
   * Compares these answers with those of a later classifier to the same pictures.
   *
   * @throws IllegalArgumentException if the numbers of pictures differ
   */
  public PairedCounts to(CorrectAnswers later) {
    Check.argument(
        total == later.total,
        "Cannot compare the answers to %s pictures with those to %s (the same pictures)",
        total,
        later.total);
    int kept = 0;
    for (int i = 0; i < total; i++) {
      kept += isCorrect(i) && later.isCorrect(i) ? 1 : 0;
    }
    return new PairedCounts(kept, correct() - kept, later.correct() - kept, total);
  }

  /** The bits as hexadecimal digits; picture i is bit i mod 8, from the lowest, of byte i / 8. */
  public String hex() {
    return HexFormat.of().formatHex(bits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CorrectAnswers that
        && total == that.total
        && Arrays.equals(bits, that.bits);
  }

  @Override
  public int hashCode() {
    return 31 * total + Arrays.hashCode(bits);
  }

  @Override
  public String toString() {
    return "%s of %s correct (%s)".formatted(correct(), total, hex());
  }
}
