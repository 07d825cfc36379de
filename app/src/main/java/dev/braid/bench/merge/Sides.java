package dev.braid.bench.merge;

import java.util.OptionalLong;

/** What is measured by turns; a side that a kind of merge lacks takes 0 seconds. */
interface Sides extends AutoCloseable {
  /** The seconds of Braid's merge. */
  double merge();

  /** The seconds of the simplest loops on the same data in memory, after a merge. */
  double plain();

  /** The seconds of a loop that only sums the same arrays. */
  default double sum() {
    return 0;
  }

  /** The seconds of reading and writing the same bytes as plain files, digests on. */
  default double files() {
    return 0;
  }

  /** The seconds of the same by PyTorch. */
  default double torch() {
    return 0;
  }

  /** The most memory that PyTorch held beside the deltas, if it is among the sides. */
  default OptionalLong torchPeakBytes() {
    return OptionalLong.empty();
  }

  /** The most heap and direct memory of a merge, inputs held in memory not counted. */
  long peakBytes();

  /** What a merge reads. */
  long bytesRead();

  /** What a merge writes. */
  long bytesWritten();

  @Override
  default void close() {}

  /** Stops a comparison whose sides do not compute the same. */
  static void check(boolean isEqual) {
    if (!isEqual) {
      throw new IllegalStateException(
          "Cannot compare: the merge and the simplest loops do not give the same bits");
    }
  }
}
