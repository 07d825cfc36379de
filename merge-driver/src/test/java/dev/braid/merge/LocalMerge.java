package dev.braid.merge;

import dev.braid.model.Bits;
import dev.braid.model.Decoupling;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorGroups;
import dev.braid.model.record.MergeState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The merge loop over all rows of a vector in memory: the Spark job must produce the same bits. */
public final class LocalMerge {
  private final MergeLoops mergeLoops;
  private final RescalerKind rescalerKind;
  private final ShardCut cut;
  private final TensorGroups groups;
  private final int coordinates;
  private final List<List<MergedRow>> shards = new ArrayList<>();
  private final List<GroupSums> stored = new ArrayList<>();
  private List<Rescaling> rescalings = List.of();

  /** A merge with the simplest loops. */
  public LocalMerge(
      MergeState mergeState, RescalerKind rescalerKind, ParameterSpace space, ShardCut cut) {
    this(MergeLoops.SIMPLEST, mergeState, rescalerKind, space, cut);
  }

  LocalMerge(
      MergeLoops mergeLoops,
      MergeState mergeState,
      RescalerKind rescalerKind,
      ParameterSpace space,
      ShardCut cut) {
    this.mergeLoops = mergeLoops;
    this.rescalerKind = rescalerKind;
    this.cut = cut;
    this.groups = TensorGroups.of(space);
    this.coordinates = Math.toIntExact(space.coordinates());
    for (int shard = 0; shard < cut.shards(coordinates); shard++) {
      List<MergedRow> rows = new ArrayList<>();
      for (int row = 0; row < cut.rows(shard, coordinates); row++) {
        int length = cut.rowLength(shard, row, coordinates);
        rows.add(
            mergeState == MergeState.DECOUPLED
                ? DecoupledRow.empty(length)
                : DeltasRow.empty(length));
      }
      shards.add(rows);
    }
  }

  /** Merges one more task. */
  public LocalMerge merge(float... delta) {
    List<StepSums> ofShards = new ArrayList<>();
    for (int shard = 0; shard < shards.size(); shard++) {
      List<StepSums> ofRows = new ArrayList<>();
      for (int row = 0; row < shards.get(shard).size(); row++) {
        RowStep<?> step =
            merge(shards.get(shard).get(row), slice(delta, shard, row), groups(shard, row));
        shards.get(shard).set(row, step.row());
        ofRows.add(step.sums());
      }
      ofShards.add(ofRows.stream().reduce(StepSums::plus).orElseThrow());
    }
    rescale(ofShards.stream().reduce(StepSums::plus).orElseThrow());
    return this;
  }

  private RowStep<?> merge(MergedRow row, float[] delta, RowGroups rowGroups) {
    return row instanceof DecoupledRow decoupled
        ? mergeLoops.merge(decoupled, lambdas(), delta, rowGroups)
        : mergeLoops.merge((DeltasRow) row, delta, rowGroups);
  }

  private void rescale(StepSums sums) {
    List<GroupSums> numerators = sums.numerators(stored, stored.size());
    stored.add(sums.added());
    List<Rescaling> next = new ArrayList<>();
    for (int task = 0; task < numerators.size(); task++) {
      next.add(Rescaling.of(rescalerKind, groups, numerators.get(task), sums.left().get(task)));
    }
    rescalings = next;
  }

  public List<Rescaling> rescalings() {
    return rescalings;
  }

  public List<List<Float>> lambdas() {
    return rescalings.stream().map(Rescaling::lambda).toList();
  }

  public GroupSums numerator(int task) {
    return stored.get(task);
  }

  public float[] unified() {
    return joined((shard, row) -> shards.get(shard).get(row).unified());
  }

  /** A task's mask, one digit per coordinate. */
  public String mask(int task) {
    StringBuilder mask = new StringBuilder();
    for (List<MergedRow> rows : shards) {
      for (MergedRow row : rows) {
        byte[] bits = row.mask(task);
        for (int j = 0; j < row.unified().length; j++) {
          mask.append(Bits.get(bits, j) ? '1' : '0');
        }
      }
    }
    return mask.toString();
  }

  public float[] decoupled(int task) {
    return joined(
        (shard, row) -> {
          MergedRow merged = shards.get(shard).get(row);
          return Decoupling.decouple(
              merged.unified(), merged.mask(task), lambdas().get(task), groups(shard, row).runs());
        });
  }

  private interface RowValues {
    float[] of(int shard, int row);
  }

  private float[] joined(RowValues values) {
    float[] all = new float[coordinates];
    for (int shard = 0; shard < shards.size(); shard++) {
      for (int row = 0; row < shards.get(shard).size(); row++) {
        float[] part = values.of(shard, row);
        System.arraycopy(part, 0, all, (int) cut.rowStart(shard, row), part.length);
      }
    }
    return all;
  }

  private RowGroups groups(int shard, int row) {
    return RowGroups.of(groups, cut, shard, row, coordinates);
  }

  private float[] slice(float[] values, int shard, int row) {
    int start = (int) cut.rowStart(shard, row);
    return Arrays.copyOfRange(values, start, start + cut.rowLength(shard, row, coordinates));
  }
}
