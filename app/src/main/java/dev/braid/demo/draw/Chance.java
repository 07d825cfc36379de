package dev.braid.demo.draw;

import java.nio.charset.StandardCharsets;

/**
 * Random numbers of one picture: the n-th draw is a function of the picture's name and n alone.
 *
 * <p>No generator is shared, so a picture does not depend on the pictures drawn before it. Only
 * StrictMath and integer arithmetic are used, so the numbers are equal on every machine.
 */
public final class Chance {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double SQUARE_ROOT_OF_3 = 1.7320508075688772;

  private final long key;
  private long counter;

  private Chance(long key) {
    this.key = key;
  }

  /** The random numbers of a seed and a name. */
  public static Chance of(long seed, String path) {
    long key = mix(seed + GOLDEN);
    for (byte letter : path.getBytes(StandardCharsets.UTF_8)) {
      key = mix(key ^ (letter + GOLDEN));
    }
    return new Chance(key);
  }

  /** A number from low (included) to high. */
  public double between(double low, double high) {
    return low + (high - low) * unit();
  }

  /** A whole number from 0 to bound − 1. */
  public int below(int bound) {
    return (int) (unit() * bound);
  }

  /** Whether an event of this probability happens. */
  public boolean happens(double probability) {
    return unit() < probability;
  }

  /**
   * A draw from an approximately normal distribution: mean 0, deviation 1, never beyond 3.5.
   *
   * <p>It is the sum of the four quarters of one draw, which avoids logarithms.
   */
  public double normal() {
    long bits = next();
    long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
    return (sum * 0x1.0p-16 - 2) * SQUARE_ROOT_OF_3;
  }

  /** One of these values, all equally likely. */
  @SafeVarargs
  public final <T> T of(T... choices) {
    return choices[below(choices.length)];
  }

  private double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  private long next() {
    counter++;
    return mix(key + counter * GOLDEN);
  }

  /** The finalizer of SplitMix64: every input bit reaches every output bit. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
