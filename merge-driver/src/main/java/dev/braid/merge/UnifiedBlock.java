package dev.braid.merge;

import dev.braid.merge.kernel.Kernel;

/** The unified delta of a block, once it is known: what masks and sums follow from. */
final class UnifiedBlock {
  private final Kernel kernel;
  private final float[] magnitudes = new float[Block.LENGTH];
  private final long[] positive = new long[Block.WORDS];
  private final long[] negative = new long[Block.WORDS];
  private final long[] sign = new long[Block.WORDS];
  private final long[] mask = new long[Block.WORDS];

  UnifiedBlock(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Takes the unified delta of the block. */
  void take(float[] unified, int at, int count) {
    kernel.signs(unified, at, 0, count, positive, negative);
    kernel.magnitudes(unified, at, magnitudes, count);
  }

  float[] magnitudes() {
    return magnitudes;
  }

  /** Where it is not 0, in these 64 coordinates. */
  long nonzero(int word) {
    return positive[word] | negative[word];
  }

  /** Where a delta that has these signs agrees. */
  long[] maskOf(long[] above, long[] below, int words) {
    for (int i = 0; i < words; i++) {
      mask[i] = (above[i] & positive[i]) | (below[i] & negative[i]);
    }
    return mask;
  }

  /** Where a delta that has these planes agrees. */
  long[] maskOf(DeltasState.SignPlanes planes, Block block) {
    int words = block.words();
    BlockBits.read(planes.nonzero(), block.at(), mask, words);
    BlockBits.read(planes.sign(), block.at(), sign, words);
    for (int i = 0; i < words; i++) {
      mask[i] &= (sign[i] & negative[i]) | (~sign[i] & positive[i]);
    }
    return mask;
  }
}
