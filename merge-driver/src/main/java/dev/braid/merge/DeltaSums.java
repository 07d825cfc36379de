package dev.braid.merge;

import dev.braid.merge.DeltasState.SignPlanes;
import dev.braid.merge.kernel.Kernel;
import dev.braid.model.Bits;
import dev.braid.model.TensorGroups.Run;
import java.util.List;

/** The planes and the sums of a row of one delta, under truth {@code deltas}. */
public final class DeltaSums {
  private final Kernel kernel;
  private final SignPlanes planes;
  private final RowTotals totals;
  private final long[] positive = new long[Block.WORDS];
  private final long[] negative = new long[Block.WORDS];
  private long nonzero;

  DeltaSums(Kernel kernel, int coordinates, RowGroups groups) {
    this.kernel = kernel;
    this.planes = new SignPlanes(Bits.row(coordinates), Bits.row(coordinates));
    this.totals = new RowTotals(groups, 1);
  }

  /** Adds a block of the row. */
  void add(float[] delta, Block block) {
    int words = block.words();
    kernel.signs(delta, block.at(), 0, block.count(), positive, negative);
    for (int i = 0; i < words; i++) {
      int at = block.at() + i * Long.SIZE;
      BlockBits.set(planes.nonzero(), at, positive[i] | negative[i]);
      BlockBits.set(planes.sign(), at, negative[i]);
    }
    nonzero += BlockBits.count(positive, words) + BlockBits.count(negative, words);
    for (Run run : block.runs()) {
      kernel.sum(delta, block.at(), run.from(), run.to(), totals.partials(run));
    }
  }

  /** The coordinates at which the delta is not 0, and at which it is negative. */
  public SignPlanes planes() {
    return planes;
  }

  /** The sums of a step that adds this delta. */
  public StepSums with(RetainedSums left) {
    return new StepSums(
        totals.sums().get(0), nonzero, List.of(), left.sums(), left.peaks(), left.covered());
  }
}
