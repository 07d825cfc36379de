package dev.braid.bench.merge;

import dev.braid.merge.RowGroups;
import dev.braid.model.ParameterSpace;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorGroups;
import dev.braid.model.record.MergeState;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of a measured merge.
 *
 * @param space the tensors of a delta
 * @param tasks the number of deltas of a one-shot merge, or of tasks after a step
 * @param threads the threads of every side
 */
public record MergeTrial(
    Mode mode, MergeState mergeState, From from, ParameterSpace space, int tasks, int threads) {
  static final ShardCut CUT = ShardCut.DEFAULT;

  /** The kind of merge. */
  public enum Mode {
    /** All deltas at once. */
    ONE_SHOT,
    /** One more task. */
    STEP
  }

  /** Where the inputs and outputs are. */
  public enum From {
    MEMORY,
    STORE
  }

  /** A row of the vectors. */
  record Row(int shard, long start, int length, RowGroups groups) {}

  long coordinates() {
    return space.coordinates();
  }

  /** The heap that the inputs and outputs need if they are in memory. */
  public long heapBytes() {
    boolean isHeld = from == From.MEMORY && mode == Mode.ONE_SHOT;
    return isHeld ? coordinates() * Float.BYTES * (tasks + 1) + coordinates() * tasks / 8 : 0;
  }

  /** All rows, in order. */
  List<Row> rows() {
    TensorGroups groups = TensorGroups.of(space);
    List<Row> rows = new ArrayList<>();
    for (int shard = 0; shard < CUT.shards(coordinates()); shard++) {
      for (int row = 0; row < CUT.rows(shard, coordinates()); row++) {
        rows.add(
            new Row(
                shard,
                CUT.rowStart(shard, row),
                CUT.rowLength(shard, row, coordinates()),
                RowGroups.of(groups, CUT, shard, row, coordinates())));
      }
    }
    return rows;
  }
}
