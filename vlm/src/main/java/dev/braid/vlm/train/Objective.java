package dev.braid.vlm.train;

/** What a task's training minimises: the loss of any batch of its images. */
@FunctionalInterface
public interface Objective {
  /**
   * The loss of a batch.
   *
   * @param pixels preprocessed images, one after the other
   * @param labels the index of each image's class
   */
  BatchLoss of(float[] pixels, int[] labels);
}
