package dev.braid.vlm.train;

import dev.braid.vlm.image.Draws;

/**
 * Which pictures a step sees: a function of (seed, step) and the number of pictures.
 *
 * <p>Every epoch is a permutation of all pictures; the epochs stand one after the other and step s
 * takes the places from s·batch on. So every picture is seen equally often, an epoch's last batch
 * is filled from the next epoch, and with fewer pictures than a batch has places some are in it
 * twice.
 */
final class Sampling {
  /* Crops draw with row ids from 0 on, so this stream is nobody else's. */
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

  /** The numbers, from 0 to below the number of pictures, of a step's pictures. */
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
