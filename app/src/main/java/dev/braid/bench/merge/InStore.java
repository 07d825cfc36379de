package dev.braid.bench.merge;

import dev.braid.bench.merge.MergeTrial.Mode;
import dev.braid.bench.merge.MergeTrial.Row;
import dev.braid.driver.merging.shard.MergePlan;
import dev.braid.driver.merging.shard.MergePlan.OldTask;
import dev.braid.driver.merging.shard.MergePlan.Other;
import dev.braid.driver.merging.shard.ShardMerge;
import dev.braid.driver.merging.shard.ShardOutcome;
import dev.braid.merge.DeltasState.SignPlanes;
import dev.braid.merge.StepSums;
import dev.braid.model.Blob;
import dev.braid.model.ElementType;
import dev.braid.model.TensorGroups;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.file.Folder;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.RowBytes;
import dev.braid.store.vector.ShardWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A merge from files to files, shard by shard as in an executor, compared with plain files. */
final class InStore implements Sides {
  private static final String EXTENSION = "parquet";
  private static final int PLAIN_ROWS = 8;

  private final MergeTrial trial;
  private final Slots slots;
  private final Folder folder;
  private final List<List<Row>> shards;
  private final MergePlan plan;
  private final PlainFiles plain;
  private final PeakMemory memory = new PeakMemory();
  private List<Blob.Shard> written = List.of();

  InStore(MergeTrial trial, Slots slots, Folder folder) {
    this.trial = trial;
    this.slots = slots;
    this.folder = folder;
    this.shards =
        new ArrayList<>(
            trial.rows().stream()
                .collect(Collectors.groupingBy(Row::shard, TreeMap::new, Collectors.toList()))
                .values());
    this.plain = new PlainFiles(folder, slots);
    try {
      this.plan = trial.mode() == Mode.STEP ? step() : oneShot();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private MergePlan oneShot() {
    int last = trial.tasks() - 1;
    List<Other> others = IntStream.range(0, last).mapToObj(this::other).toList();
    return new MergePlan(
        MergeState.DELTAS,
        TensorGroups.of(trial.space()),
        new TreeMap<>(),
        List.of(),
        others,
        List.of(),
        trial.tasks(),
        drawn(last));
  }

  private Other other(int task) {
    SortedMap<String, Blob> planes = new TreeMap<>();
    planes.put(TaskRecord.NONZERO, bits(row -> signs(task, row).nonzero()));
    planes.put(TaskRecord.SIGN, bits(row -> signs(task, row).sign()));
    return new Other(drawn(task), planes);
  }

  private Blob drawn(int task) {
    return floats(row -> Draw.delta(task, row.start(), row.length()));
  }

  private static SignPlanes signs(int task, Row row) {
    return SignPlanes.of(Draw.delta(task, row.start(), row.length()));
  }

  private MergePlan step() {
    DrawnStep drawn = new DrawnStep(trial);
    SortedMap<String, Blob> state = new TreeMap<>();
    if (drawn.old() > 0) {
      state.put(ModelRecord.UNIFIED, floats(drawn::unified));
      if (trial.mergeState() == MergeState.DECOUPLED) {
        state.put(
            ModelRecord.LAST_FLIP,
            blob(steps(drawn), row -> RowBytes.of(drawn.flips(row), steps(drawn))));
      } else {
        state.put(ModelRecord.SUM, floats(drawn::unified));
        state.put(ModelRecord.HIGH, floats(drawn::highs));
        state.put(ModelRecord.LOW, floats(drawn::lows));
      }
    }
    List<List<Float>> lambdas = drawn.lambdas();
    List<OldTask> old =
        IntStream.range(0, drawn.old())
            .mapToObj(task -> new OldTask(task + 1, lambdas.get(task), planes(drawn, task)))
            .toList();
    return new MergePlan(
        trial.mergeState(),
        TensorGroups.of(trial.space()),
        state,
        old,
        List.of(),
        List.of(),
        trial.tasks(),
        floats(drawn::delta));
  }

  private static ElementType steps(DrawnStep drawn) {
    return drawn.old() <= 255 ? ElementType.UINT8 : ElementType.UINT16;
  }

  private SortedMap<String, Blob> planes(DrawnStep drawn, int task) {
    SortedMap<String, Blob> planes = new TreeMap<>();
    if (trial.mergeState() == MergeState.DECOUPLED) {
      planes.put(TaskRecord.BIRTH, bits(row -> drawn.birth(task, row)));
    } else {
      planes.put(TaskRecord.NONZERO, bits(row -> drawn.nonzero(task, row)));
      planes.put(TaskRecord.SIGN, bits(row -> drawn.sign(task, row)));
    }
    return planes;
  }

  private Blob floats(Function<Row, float[]> rows) {
    return blob(ElementType.FLOAT32, row -> RowBytes.of(rows.apply(row)));
  }

  private Blob bits(Function<Row, byte[]> rows) {
    return blob(ElementType.BIT, row -> RowBytes.of(rows.apply(row)));
  }

  private Blob blob(ElementType element, Function<Row, ByteBuffer> rows) {
    List<Blob.Shard> files = slots.map(shards, shard -> write(element, shard, rows));
    return new Blob(element, trial.space().digest(), trial.coordinates(), MergeTrial.CUT, files);
  }

  private Blob.Shard write(ElementType element, List<Row> shard, Function<Row, ByteBuffer> rows) {
    try (ShardWriter writer =
        blobs().shardWriter(element, MergeTrial.CUT, shard.get(0).shard(), trial.coordinates())) {
      shard.forEach(row -> writer.write(rows.apply(row)));
      return writer.finish();
    }
  }

  /** A new instance each time, because an object store remembers which files it has checked. */
  private Blobs blobs() {
    return new Blobs(new HadoopObjects(folder));
  }

  @Override
  public double merge() {
    deleteWritten();
    memory.collect();
    Blobs blobs = blobs();
    List<ShardOutcome.Merged> merged = new ArrayList<>();
    double seconds =
        Slots.seconds(
            () -> {
              merged.addAll(slots.map(numbers(), shard -> merge(blobs, shard)));
              var unused = merged.stream().map(ShardOutcome.Merged::sums).reduce(StepSums::plus);
            });
    written = merged.stream().flatMap(shard -> shard.shards().values().stream()).toList();
    return seconds;
  }

  private List<Integer> numbers() {
    return IntStream.range(0, shards.size()).boxed().toList();
  }

  private ShardOutcome.Merged merge(Blobs blobs, int shard) {
    ShardOutcome outcome = new ShardMerge(blobs, plan).merge(shard);
    memory.sample();
    if (outcome instanceof ShardOutcome.Merged merged) {
      return merged;
    }
    throw new IllegalStateException("Cannot merge shard %s: %s".formatted(shard, outcome));
  }

  /**
   * Deletes the outputs that are not inputs too: the first task's delta and its unified delta are
   * one file.
   */
  private void deleteWritten() {
    Set<String> inputs =
        inputs().stream()
            .flatMap(blob -> blob.shards().stream())
            .map(InStore::name)
            .collect(Collectors.toSet());
    written.stream()
        .map(InStore::name)
        .filter(name -> !inputs.contains(name))
        .forEach(folder::delete);
    written = List.of();
  }

  private static String name(Blob.Shard shard) {
    return HadoopObjects.name(shard.digest(), EXTENSION);
  }

  /** In memory, because the simplest loops do not use files. */
  @Override
  public double plain() {
    return trial.mode() == Mode.STEP ? new StepInMemory(trial, slots).plainOf(PLAIN_ROWS) : 0;
  }

  @Override
  public double files() {
    List<List<Blob.Shard>> inputs =
        numbers().stream()
            .map(shard -> inputs().stream().map(blob -> blob.shards().get(shard)).toList())
            .toList();
    int outputs = written.size() / shards.size();
    List<PlainFiles.Piece> pieces =
        numbers().stream()
            .map(
                shard ->
                    new PlainFiles.Piece(
                        inputs.get(shard).stream().map(InStore::name).toList(),
                        written.subList(shard * outputs, (shard + 1) * outputs).stream()
                            .map(Blob.Shard::bytes)
                            .toList()))
            .toList();
    return plain.seconds(pieces);
  }

  private List<Blob> inputs() {
    List<Blob> inputs = new ArrayList<>();
    plan.earlier().forEach(other -> inputs.add(other.delta()));
    plan.earlier().forEach(other -> inputs.addAll(other.planes().values()));
    inputs.add(plan.delta());
    inputs.addAll(plan.stateToRead().values());
    plan.old().forEach(task -> inputs.addAll(task.planes().values()));
    return inputs;
  }

  @Override
  public long peakBytes() {
    return memory.bytes();
  }

  @Override
  public long bytesRead() {
    return inputs().stream()
        .flatMap(blob -> blob.shards().stream())
        .mapToLong(Blob.Shard::bytes)
        .sum();
  }

  @Override
  public long bytesWritten() {
    return written.stream().mapToLong(Blob.Shard::bytes).sum();
  }

  @Override
  public void close() {
    folder.delete("");
  }
}
