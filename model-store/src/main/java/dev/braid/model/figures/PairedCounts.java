package dev.braid.model.figures;

import dev.braid.model.Check;
import java.util.Locale;

/**
 * The answers of two classifiers to the same pictures, counted in pairs.
 *
 * @param kept pictures that both classify correctly
 * @param lost pictures that only the first one classifies correctly
 * @param gained pictures that only the second one classifies correctly
 * @param total all pictures
 */
public record PairedCounts(long kept, long lost, long gained, long total) {
  /** The normal quantile of a two-sided 95 % interval. */
  private static final double Z = 1.959963984540054;

  /** The probability that a 95 % interval leaves above its upper end. */
  private static final double ONE_SIDED = 0.025;

  /** Absorbs the rounding of a difference of two shares; far below one picture of any sample. */
  private static final double ROUNDING = 1e-9;

  public PairedCounts {
    Check.argument(
        kept >= 0 && lost >= 0 && gained >= 0 && total > 0 && kept + lost + gained <= total,
        "Invalid counts: %s kept, %s lost and %s gained of %s",
        kept,
        lost,
        gained,
        total);
  }

  /** The share that the first classifier answers correctly. */
  public Proportion before() {
    return new Proportion(kept + lost, total);
  }

  /** The share that the second classifier answers correctly. */
  public Proportion after() {
    return new Proportion(kept + gained, total);
  }

  /** By how much the share falls from the first to the second, in -1..1. */
  public double drop() {
    return (double) (lost - gained) / total;
  }

  /**
   * Whether the share falls by more than a limit, and not by chance: either McNemar's exact test
   * finds a fall (one-sided, at 2.5 %), or the whole 95 % interval of the fall lies above the
   * limit.
   *
   * @param limit in 0..1
   */
  public boolean fallsBeyond(double limit) {
    return drop() > limit + ROUNDING && (isBeyondChance() || lowerBoundOfDrop() > limit);
  }

  private boolean isBeyondChance() {
    return probabilityByChance() <= ONE_SIDED;
  }

  /**
   * The probability to lose at least this many of the pictures whose answers differ, if losing and
   * gaining are equally likely (McNemar's exact test, one-sided).
   */
  double probabilityByChance() {
    long differing = lost + gained;
    double log = -differing * Math.log(2);
    double sum = Math.exp(log);
    for (long i = 0; i < gained; i++) {
      log += Math.log((double) (differing - i) / (i + 1));
      sum += Math.exp(log);
    }
    return Math.min(1, sum);
  }

  /**
   * The lower end of the 95 % interval of the true fall, in -1..1: Agresti and Min (2005), who add
   * half a picture to each of the four counts, so that the interval stays honest for small samples.
   */
  double lowerBoundOfDrop() {
    double pictures = total + 2.0;
    double net = lost - gained;
    double variance = lost + gained + 1 - net * net / pictures;
    return (net - Z * Math.sqrt(variance)) / pictures;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s, before %s; %d lost, %d gained", after(), before(), lost, gained);
  }
}
