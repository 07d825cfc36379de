package dev.braid.merge;

import dev.braid.model.ShardCut;
import dev.braid.model.TensorGroups;
import dev.braid.model.TensorGroups.Run;
import java.util.List;

/**
 * Which groups of tensors the coordinates of one row belong to.
 *
 * @param count the number of groups of the whole space
 */
public record RowGroups(List<Run> runs, int count) {
  public RowGroups {
    runs = List.copyOf(runs);
  }

  /** The groups of a row of a shard, in a vector of this length. */
  public static RowGroups of(
      TensorGroups groups, ShardCut cut, int shard, int row, long coordinates) {
    int length = cut.rowLength(shard, row, coordinates);
    return new RowGroups(groups.runs(cut.rowStart(shard, row), length), groups.count());
  }
}
