package dev.braid.merge;

import dev.braid.merge.kernel.Kernel;

/** The unified delta of a block, from which masks and sums follow. */
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

  /** Sets the unified delta of the block. */
  void take(float[] unified, int at, int count) {
    kernel.signs(unified, at, 0, count, positive, negative);
    kernel.magnitudes(unified, at, magnitudes, count);
  }

  float[] magnitudes() {
    return magnitudes;
  }

  /** The bits of the values other than 0, in these 64 coordinates. */
  long nonzero(int word) {
    return positive[word] | negative[word];
  }

  /** Computes the mask of a delta with these signs; its words begin at an index. */
  void findMask(long[] above, long[] below, int words, long[] masks, int at) {
    for (int i = 0; i < words; i++) {
      masks[at + i] = (above[i] & positive[i]) | (below[i] & negative[i]);
    }
  }

  /** Computes the mask of a delta with these planes; its words begin at an index. */
  void findMask(DeltasState.SignPlanes planes, Block block, long[] masks, int at) {
    int words = block.words();
    BlockBits.read(planes.nonzero(), block.at(), nonzero, words);
    BlockBits.read(planes.sign(), block.at(), sign, words);
    for (int i = 0; i < words; i++) {
      masks[at + i] = nonzero[i] & ((sign[i] & negative[i]) | (~sign[i] & positive[i]));
    }
  }
}
