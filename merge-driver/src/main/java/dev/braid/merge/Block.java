package dev.braid.merge;

import dev.braid.merge.kernel.Kernel;
import dev.braid.model.TensorGroups.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a row that fits into a core's fastest cache.
 *
 * @param at its first coordinate in the row, a multiple of 64
 * @param count its number of coordinates
 * @param runs its groups, with coordinates relative to the block
 */
record Block(int at, int count, List<Run> runs) {
  static final int LENGTH = Kernel.BLOCK;
  static final int WORDS = Kernel.WORDS;

  Block {
    runs = List.copyOf(runs);
  }

  int words() {
    return BlockBits.words(count);
  }

  /** Space for a block's masks of this many tasks; reuses the given array if it is large enough. */
  static long[] masks(int tasks, long[] room) {
    return room.length >= tasks * WORDS ? room : new long[tasks * WORDS];
  }

  /** The blocks of a row, in order. */
  static List<Block> of(RowGroups groups, int coordinates) {
    List<Block> blocks = new ArrayList<>();
    int next = 0;
    for (int at = 0; at < coordinates; at += LENGTH) {
      int end = Math.min(coordinates, at + LENGTH);
      List<Run> runs = new ArrayList<>();
      while (next < groups.runs().size() && groups.runs().get(next).from() < end) {
        Run run = groups.runs().get(next);
        runs.add(new Run(run.group(), Math.max(run.from(), at) - at, Math.min(run.to(), end) - at));
        if (run.to() > end) {
          break;
        }
        next++;
      }
      blocks.add(new Block(at, end - at, runs));
    }
    return blocks;
  }
}
