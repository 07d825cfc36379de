package dev.braid.driver.merging.shard;

import dev.braid.driver.merging.shard.MergePlan.Other;
import dev.braid.merge.DeltaSums;
import dev.braid.merge.DeltasRow;
import dev.braid.merge.DeltasState;
import dev.braid.merge.DeltasState.SignPlanes;
import dev.braid.merge.FiniteValues;
import dev.braid.merge.IncrementalMerge;
import dev.braid.merge.RetainedSums;
import dev.braid.merge.RowGroups;
import dev.braid.merge.StepSums;
import dev.braid.merge.kernel.Kernels;
import dev.braid.model.Blob;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.file.Closing;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.ShardStream;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Merges all deltas of a shard from scratch, a few at a time: memory does not grow with their
 * number.
 */
final class FullMerge {
  /*
   * S, H and L of the whole shard are in memory, and deltas are added to them in version order,
   * several per pass, because every pass reads and writes all three. What remains of a task follows
   * from its stored planes once u is known, so no delta is read twice.
   */
  private static final int AT_ONCE = 4;

  private final Blobs blobs;
  private final MergePlan plan;
  private final int shard;
  private final IncrementalMerge merge = new IncrementalMerge(Kernels.get());
  private final List<RowGroups> groups;
  private final List<DeltasState> states;

  FullMerge(Blobs blobs, MergePlan plan, int shard) {
    this.blobs = blobs;
    this.plan = plan;
    this.shard = shard;
    Blob like = plan.delta();
    this.groups =
        IntStream.range(0, like.cut().rows(shard, like.coordinates()))
            .mapToObj(
                row -> RowGroups.of(plan.groups(), like.cut(), shard, row, like.coordinates()))
            .toList();
    this.states =
        IntStream.range(0, groups.size())
            .mapToObj(row -> like.cut().rowLength(shard, row, like.coordinates()))
            .map(DeltasState::empty)
            .toList();
  }

  /** The outcome; nothing is written unless the shard was merged. */
  ShardOutcome run() {
    extend(plan.earlier());
    List<DeltaSums> own = new ArrayList<>();
    Optional<ShardOutcome> notFinite = extendByNew(own);
    if (notFinite.isPresent()) {
      return notFinite.get();
    }
    extend(plan.later());
    for (int row = 0; row < states.size(); row++) {
      OptionalInt beyond = FiniteValues.firstOther(states.get(row).sums());
      if (beyond.isPresent()) {
        return new ShardOutcome.Overflow(coordinate(row, beyond.getAsInt()));
      }
    }
    return write(own);
  }

  private long coordinate(int row, int inRow) {
    return plan.delta().cut().rowStart(shard, row) + inRow;
  }

  private void extend(List<Other> others) {
    for (List<Other> few : few(others)) {
      List<ShardStream> deltas = new ArrayList<>();
      try {
        few.forEach(other -> deltas.add(blobs.stream(other.delta(), shard)));
        for (int row = 0; row < states.size(); row++) {
          List<FloatBuffer> rows = deltas.stream().map(d -> FloatBuffer.wrap(d.floats())).toList();
          merge.extend(states.get(row), rows, groups.get(row));
        }
      } finally {
        closeAll(deltas);
      }
    }
  }

  /** Adds the new task's delta and collects its planes and sums. */
  private Optional<ShardOutcome> extendByNew(List<DeltaSums> own) {
    try (ShardStream rows = blobs.stream(plan.delta(), shard)) {
      for (int row = 0; row < states.size(); row++) {
        float[] delta = rows.floats();
        OptionalInt bad = FiniteValues.firstOther(delta);
        if (bad.isPresent()) {
          int at = bad.getAsInt();
          rows.check();
          return Optional.of(new ShardOutcome.NotFinite(coordinate(row, at), delta[at]));
        }
        merge.extend(states.get(row), List.of(FloatBuffer.wrap(delta)), groups.get(row));
        own.add(merge.own(delta, groups.get(row)));
      }
    }
    return Optional.empty();
  }

  private ShardOutcome write(List<DeltaSums> own) {
    try (ShardOutputs out = new ShardOutputs(blobs, plan, shard)) {
      List<float[]> unified = new ArrayList<>();
      for (int row = 0; row < states.size(); row++) {
        DeltasState state = states.get(row);
        float[] merged = merge.unify(state, groups.get(row));
        unified.add(merged);
        out.write(
            new DeltasRow(
                merged,
                new DeltasState(
                    state.sums(), state.highs(), state.lows(), List.of(own.get(row).planes()))));
      }
      StepSums sums =
          sums(unified, own); // reads on, so it precedes finish, which publishes the files
      return new ShardOutcome.Merged(out.finish(), sums);
    }
  }

  private StepSums sums(List<float[]> unified, List<DeltaSums> own) {
    List<RetainedSums> earlier = left(unified, plan.earlier());
    List<RetainedSums> later = left(unified, plan.later());
    return IntStream.range(0, unified.size())
        .mapToObj(
            row -> {
              List<SignPlanes> planes = List.of(own.get(row).planes());
              RetainedSums added = merge.left(unified.get(row), planes, groups.get(row));
              return own.get(row).with(earlier.get(row).and(added).and(later.get(row)));
            })
        .reduce(StepSums::plus)
        .orElseThrow();
  }

  /** What remains of the tasks, per row. */
  private List<RetainedSums> left(List<float[]> unified, List<Other> others) {
    List<RetainedSums> left =
        new ArrayList<>(unified.stream().map(row -> RetainedSums.NONE).toList());
    for (List<Other> few : few(others)) {
      List<ShardStream> planes = new ArrayList<>();
      try {
        for (Other other : few) {
          planes.add(open(other, TaskRecord.NONZERO));
          planes.add(open(other, TaskRecord.SIGN));
        }
        for (int row = 0; row < unified.size(); row++) {
          RetainedSums more = merge.left(unified.get(row), signs(planes), groups.get(row));
          left.set(row, left.get(row).and(more));
        }
      } finally {
        closeAll(planes);
      }
    }
    return left;
  }

  private ShardStream open(Other other, String plane) {
    return blobs.stream(Objects.requireNonNull(other.planes().get(plane), plane), shard);
  }

  /** The next row of each pair of planes. */
  private static List<SignPlanes> signs(List<ShardStream> planes) {
    List<SignPlanes> signs = new ArrayList<>();
    for (int i = 0; i < planes.size(); i += 2) {
      signs.add(new SignPlanes(planes.get(i).bits(), planes.get(i + 1).bits()));
    }
    return signs;
  }

  private static List<List<Other>> few(List<Other> others) {
    List<List<Other>> all = new ArrayList<>();
    for (int i = 0; i < others.size(); i += AT_ONCE) {
      all.add(others.subList(i, Math.min(others.size(), i + AT_ONCE)));
    }
    return all;
  }

  private static void closeAll(List<ShardStream> streams) {
    Closing.all(streams.stream().<Runnable>map(stream -> stream::close).toList());
  }
}
