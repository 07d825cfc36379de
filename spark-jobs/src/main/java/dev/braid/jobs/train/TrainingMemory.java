package dev.braid.jobs.train;

import dev.braid.vlm.train.FineTuning;

/**
 * The memory that a training needs, or several together, in bytes.
 *
 * @param heap pictures, decoded and encoded, and tensors on their way to or from the store
 * @param outside libtorch's tensors: weights, gradients, moments and activations
 */
record TrainingMemory(long heap, long outside) {
  static final TrainingMemory ZERO = new TrainingMemory(0, 0);

  /*
   * A training holds the weights of the model, and for each trained coordinate a gradient, AdamW's
   * two moments and its temporaries; alignment keeps two more vectors. The activations of a
   * micro-batch and of all prompts are the model family's estimate. The constants are from peaks of
   * resident memory of TrainWorker (docs/operations.md has the table); they err on the large side,
   * because a training that waits costs time and one that is killed costs the executor.
   */
  static final long MIB = 1L << 20;
  private static final int VECTORS = 3;
  private static final int VECTORS_OF_ALIGNMENT = 2;
  private static final long LIBTORCH = 300 * MIB;
  private static final long HEAP_MARGIN = 64 * MIB;

  /**
   * The size of a training.
   *
   * @param parameters of the model
   * @param largestTensor elements of the model's largest tensor
   * @param coordinates that are trained
   * @param activations bytes of the activations of a micro-batch and of all prompts
   * @param pictures bytes of the replica's encoded pictures
   */
  record Size(
      long parameters,
      long largestTensor,
      long coordinates,
      boolean isAligned,
      long activations,
      long pictures) {}

  /** The memory that a training needs. */
  static TrainingMemory of(Size size, TrainingLimits limits) {
    long vectors = size.isAligned() ? VECTORS + VECTORS_OF_ALIGNMENT : VECTORS;
    return new TrainingMemory(
        Math.min(size.pictures(), limits.picturesInMemory())
            + FineTuning.CACHE_BYTES
            + 2 * Float.BYTES * size.largestTensor()
            + HEAP_MARGIN,
        Float.BYTES * (size.parameters() + vectors * size.coordinates())
            + size.activations()
            + LIBTORCH);
  }

  /** The same with the tensors in the memory of another device. */
  TrainingMemory onDevice() {
    return new TrainingMemory(heap, LIBTORCH);
  }

  TrainingMemory plus(TrainingMemory other) {
    return new TrainingMemory(heap + other.heap, outside + other.outside);
  }

  TrainingMemory minus(TrainingMemory other) {
    return new TrainingMemory(heap - other.heap, outside - other.outside);
  }

  /** The memory of several such trainings. */
  TrainingMemory times(int trainings) {
    return new TrainingMemory(trainings * heap, trainings * outside);
  }
}
