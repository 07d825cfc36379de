package dev.braid.vlm.train;

import dev.braid.vlm.image.Draws;

/**
 * Selects the images of each step, as a function of (seed, step) and the number of images.
 *
 * <p>Every epoch is a permutation of all images. The epochs form one sequence, from which step s
 * takes the positions from s·batch on. So all images are used equally often, the last batch of an
 * epoch is filled from the next one, and with fewer images than a batch holds, some occur twice in
 * it.
 */
final class Sampling {
  /* Random crops use row ids from 0 on, so no crop shares this stream. */
  private static final long SHUFFLE = -1;

  private final long seed;
  private final int pictures;
  private final int batch;
  private long epoch = -1;
  private int[] permutation = {};

  Sampling(long seed, int pictures, int batch) {
    this.seed = seed;
    this.pictures = pictures;
    this.batch = batch;
  }

  /** The indices of a step's images. */
  int[] batch(int step) {
    int[] numbers = new int[batch];
    for (int i = 0; i < batch; i++) {
      long place = (long) step * batch + i;
      numbers[i] = permutation(place / pictures)[(int) (place % pictures)];
    }
    return numbers;
  }

  private int[] permutation(long wanted) {
    if (wanted != epoch) {
      permutation = shuffled(wanted);
      epoch = wanted;
    }
    return permutation;
  }

  private int[] shuffled(long epoch) {
    Draws draws = Draws.of(seed, epoch, SHUFFLE);
    int[] numbers = new int[pictures];
    for (int i = 0; i < pictures; i++) {
      int j = draws.below(i + 1);
      numbers[i] = numbers[j];
      numbers[j] = i;
    }
    return numbers;
  }
}
