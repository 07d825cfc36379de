package dev.braid.jobs.train;

import dev.braid.jobs.stage.Stage;
import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.store.file.Closing;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.RowBytes;
import dev.braid.store.vector.ShardReader;
import dev.braid.store.vector.ShardWriter;
import dev.braid.vlm.train.TrainingDivergedException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function;

/** Runs the outer step of a round as a Spark stage over shards. */
record OuterStage(Training training, TrainingArea area, TrainingCheckpoint before, int step) {
  /** The weights of the next round, and the momentum. */
  record Result(Digest weights, Digest momentum) {}

  private record Shards(Blob.Shard weights, Blob.Shard momentum) implements Serializable {}

  Result run(Stage stage, List<Digest> replicas) {
    Blob layout = area.vectors(before.step()).get(before.weights().get(0));
    List<Integer> shards = IntStream.range(0, layout.shards().size()).boxed().toList();
    List<Shards> stepped =
        Outcome.map(stage, shards, new StepShard(training, area, before, step, replicas));
    Blobs blobs = area.vectors(step);
    return new Result(
        blobs.put(blob(layout, stepped.stream().map(Shards::weights).toList())),
        blobs.put(blob(layout, stepped.stream().map(Shards::momentum).toList())));
  }

  private static Blob blob(Blob layout, List<Blob.Shard> shards) {
    return new Blob(layout.element(), layout.space(), layout.coordinates(), layout.cut(), shards);
  }

  private record StepShard(
      Training training,
      TrainingArea area,
      TrainingCheckpoint before,
      int step,
      List<Digest> replicas)
      implements Function<Integer, Shards> {
    @Override
    public Shards call(Integer shard) {
      Blobs old = area.vectors(before.step());
      Blobs blobs = area.vectors(step);
      Blob layout = old.get(before.weights().get(0));
      try (Rows oldRows = new Rows(old, shard);
          Rows rows = new Rows(blobs, shard);
          ShardWriter nextWeights = writer(blobs, layout, shard);
          ShardWriter nextMomentum = writer(blobs, layout, shard)) {
        ShardReader weightRows = oldRows.open(before.weights().get(0));
        List<ShardReader> momentumRows = before.momentum().stream().map(oldRows::open).toList();
        List<ShardReader> replicaRows = replicas.stream().map(rows::open).toList();
        while (weightRows.hasRow()) {
          float[] row = RowBytes.floats(weightRows.readRow());
          float[] momentum =
              momentumRows.isEmpty()
                  ? new float[row.length]
                  : RowBytes.floats(momentumRows.get(0).readRow());
          float[][] replicaWeights =
              replicaRows.stream()
                  .map(replica -> RowBytes.floats(replica.readRow()))
                  .toArray(float[][]::new);
          OuterStep.apply(row, momentum, replicaWeights);
          checkFinite(row);
          nextWeights.write(RowBytes.of(row));
          nextMomentum.write(RowBytes.of(momentum));
        }
        return new Shards(nextWeights.finish(), nextMomentum.finish());
      }
    }

    private void checkFinite(float[] weights) {
      for (float weight : weights) {
        if (!Float.isFinite(weight)) {
          throw new TrainingDivergedException(
              "a weight is " + weight + " after the outer step",
              step - 1,
              training.settings().schedule().rate(step - 1));
        }
      }
    }

    private static ShardWriter writer(Blobs blobs, Blob layout, int shard) {
      return blobs.shardWriter(ElementType.FLOAT32, layout.cut(), shard, layout.coordinates());
    }
  }

  /** The same shard of several blobs, closed together. */
  private static final class Rows implements AutoCloseable {
    private final Blobs blobs;
    private final int shard;
    private final List<ShardReader> open = new ArrayList<>();

    Rows(Blobs blobs, int shard) {
      this.blobs = blobs;
      this.shard = shard;
    }

    ShardReader open(Digest blob) {
      ShardReader reader = blobs.open(blobs.get(blob), shard);
      open.add(reader);
      return reader;
    }

    @Override
    public void close() {
      Closing.all(open.stream().<Runnable>map(reader -> reader::close).toList());
    }
  }
}
