package dev.braid.vlm.image;

/**
 * The random numbers of one image in one step, as a function of (seed, step, row id): there is no
 * state to save, and order does not matter.
 *
 * <p>A key is mixed from the three, each folded in with SplitMix64's finaliser (Steele, Lea and
 * Flood 2014; constants of Stafford's mix 13). Number n is the finaliser of key + n·γ, which is the
 * SplitMix64 stream that starts at the key.
 */
public final class Draws {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  /** The stream that starts at this key. */
  Draws(long key) {
    this.state = key;
  }

  /** The stream of an image in a step. */
  public static Draws of(long seed, long step, long rowId) {
    long key = mix(seed + GAMMA);
    key = mix((key ^ step) + GAMMA);
    return new Draws(mix((key ^ rowId) + GAMMA));
  }

  private static long mix(long value) {
    value = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    value = (value ^ (value >>> 27)) * 0x94d049bb133111ebL;
    return value ^ (value >>> 31);
  }

  /** The next 64 random bits. */
  public long next() {
    state += GAMMA;
    return mix(state);
  }

  /** A number from 0 up to, not including, 1. */
  public double fraction() {
    return (next() >>> 11) * 0x1p-53;
  }

  /** A number between the two. */
  public double between(double low, double high) {
    return low + (high - low) * fraction();
  }

  /** A whole number from 0 up to, not including, the bound. */
  public int below(int bound) {
    return (int) (fraction() * bound);
  }
}
