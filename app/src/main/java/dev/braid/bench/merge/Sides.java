package dev.braid.bench.merge;

import java.util.OptionalLong;

/** The sides that are measured in alternation; a side that does not apply takes 0 seconds. */
interface Sides extends AutoCloseable {
  /** The seconds of Braid's merge. */
  double merge();

  /** The seconds of the simplest loops on the same data in memory, after a merge. */
  double plain();

  /** The seconds of a loop that only sums the same arrays. */
  default double sum() {
    return 0;
  }

  /** The seconds of reading and writing the same bytes as plain files, with digests. */
  default double files() {
    return 0;
  }

  /** The seconds of the same merge in PyTorch. */
  default double torch() {
    return 0;
  }

  /** The seconds of the same merge in PyTorch with a tuned allocator. */
  default double tunedTorch() {
    return 0;
  }

  /** The peak memory of PyTorch in addition to the deltas, if it takes part. */
  default OptionalLong torchPeakBytes() {
    return OptionalLong.empty();
  }

  /** The same of PyTorch with a tuned allocator. */
  default OptionalLong tunedTorchPeakBytes() {
    return OptionalLong.empty();
  }

  /** The peak heap and direct memory of a merge, without inputs held in memory. */
  long peakBytes();

  /** The bytes that a merge reads. */
  long bytesRead();

  /** The bytes that a merge writes. */
  long bytesWritten();

  @Override
  default void close() {}

  /** Fails if the sides do not compute the same. */
  static void check(boolean isEqual) {
    if (!isEqual) {
      throw new IllegalStateException(
          "Cannot compare: the merge and the simplest loops do not give the same bits");
    }
  }
}
