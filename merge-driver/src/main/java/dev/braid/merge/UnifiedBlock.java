package dev.braid.merge;

import dev.braid.merge.kernel.Kernel;

/** The unified delta of a block, once it is known: what masks and sums follow from. */
final class UnifiedBlock {
  private final Kernel kernel;
  private final float[] magnitudes = new float[Block.LENGTH];
  private final long[] positive = new long[Block.WORDS];
  private final long[] negative = new long[Block.WORDS];
  private final long[] nonzero = new long[Block.WORDS];
  private final long[] sign = new long[Block.WORDS];

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

  /** Finds where a delta that has these signs agrees; the mask's words begin at an index. */
  void findMask(long[] above, long[] below, int words, long[] masks, int at) {
    for (int i = 0; i < words; i++) {
      masks[at + i] = (above[i] & positive[i]) | (below[i] & negative[i]);
    }
  }

  /** Finds where a delta that has these planes agrees; the mask's words begin at an index. */
  void findMask(DeltasState.SignPlanes planes, Block block, long[] masks, int at) {
    int words = block.words();
    BlockBits.read(planes.nonzero(), block.at(), nonzero, words);
    BlockBits.read(planes.sign(), block.at(), sign, words);
    for (int i = 0; i < words; i++) {
      masks[at + i] = nonzero[i] & ((sign[i] & negative[i]) | (~sign[i] & positive[i]));
    }
  }
}
