package dev.braid.jobs.train;

import dev.braid.model.Check;
import java.io.Serializable;

/**
 * What the trainings of one executor may hold in memory; results do not depend on it.
 *
 * @param picturesInMemory bytes of encoded pictures that one training holds in the heap; those
 *     beyond are read from a temporary file
 * @param outsideHeap bytes outside the heap for all trainings of an executor together; 0 for what
 *     its host or container has besides the heap
 */
public record TrainingLimits(long picturesInMemory, long outsideHeap) implements Serializable {
  /** All pictures stay in the heap, and the host's memory is the limit. */
  public static final TrainingLimits NONE = new TrainingLimits(Long.MAX_VALUE, 0);

  public TrainingLimits {
    Check.argument(
        picturesInMemory >= 0,
        "Invalid pictures-in-memory: %s bytes (0 or more)",
        picturesInMemory);
    Check.argument(outsideHeap >= 0, "Invalid training-memory: %s bytes (0 or more)", outsideHeap);
  }
}
