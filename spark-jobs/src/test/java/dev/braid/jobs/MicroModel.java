package dev.braid.jobs;

import dev.braid.inference.EvaluationSet;
import dev.braid.model.Blob;
import dev.braid.model.Blob.Shard;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.vector.ShardWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Builds a random merged model: a unified delta, and a bit plane for each task. */
public final class MicroModel {
  private final ModelStore store;
  private final ParameterSpace space;
  private final Random random = new Random(11);

  public MicroModel(StoreLocation location) {
    this.store = ModelStore.open(location);
    this.space = MicroStore.space(location);
  }

  /** The digest of a model that has learned these tasks in this order. */
  public Digest of(
      List<EvaluationSet> tasks, List<Digest> prototypes, List<List<String>> classNames) {
    List<Learned> learned = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      TaskRecord record =
          new TaskRecord(
              tasks.get(i).task(),
              classNames.get(i),
              tasks.get(i).templates(),
              tasks.get(i).dataset(),
              Digest.of("delta"),
              new TreeMap<>(Map.of(TaskRecord.BIRTH, bytes(ElementType.BIT, /* isRandom= */ true))),
              List.of(1.0),
              prototypes.get(i),
              new TreeMap<>(),
              0);
      learned.add(
          new Learned(
              tasks.get(i).task(), store.records().put(record), i + 1, List.of(1 + 0.5f * i)));
    }
    Map<String, Digest> state =
        Map.of(
            ModelRecord.UNIFIED,
            unified(),
            ModelRecord.LAST_FLIP,
            bytes(ElementType.UINT8, /* isRandom= */ false));
    return store
        .records()
        .put(
            new ModelRecord(
                space,
                "condu",
                MergeState.DECOUPLED,
                RescalerKind.GLOBAL,
                new TreeMap<>(state),
                learned));
  }

  private Digest unified() {
    float[] values = new float[(int) space.coordinates()];
    for (int j = 0; j < values.length; j++) {
      values[j] = 0.3f * (float) random.nextGaussian();
    }
    ShardCut cut = store.info().cut();
    return store.blobs().put(store.blobs().writeFloats(space.digest(), cut, values));
  }

  private Digest bytes(ElementType element, boolean isRandom) {
    ShardCut cut = store.info().cut();
    long coordinates = space.coordinates();
    List<Shard> shards = new ArrayList<>();
    for (int shard = 0; shard < cut.shards(coordinates); shard++) {
      try (ShardWriter writer = store.blobs().shardWriter(element, cut, shard, coordinates)) {
        for (int row = 0; row < cut.rows(shard, coordinates); row++) {
          int length = cut.rowLength(shard, row, coordinates);
          byte[] values = new byte[element.bytes(length)];
          if (isRandom) {
            random.nextBytes(values);
            if (length % 8 != 0) {
              values[values.length - 1] &= (byte) ((1 << length % 8) - 1);
            }
          }
          writer.write(ByteBuffer.wrap(values));
        }
        shards.add(writer.finish());
      }
    }
    return store.blobs().put(new Blob(element, space.digest(), coordinates, cut, shards));
  }
}
