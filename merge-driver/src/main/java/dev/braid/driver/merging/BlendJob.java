package dev.braid.driver.merging;

import dev.braid.jobs.stage.JobSubject;
import dev.braid.jobs.stage.Provenance;
import dev.braid.jobs.stage.Stage;
import dev.braid.merge.blend.Blend;
import dev.braid.merge.blend.MagnitudeCount;
import dev.braid.model.Blob;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.record.Output;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import dev.braid.store.StageVersion;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.Closing;
import dev.braid.store.json.JsonObject;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.RowBytes;
import dev.braid.store.vector.ShardReader;
import dev.braid.store.vector.ShardWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Blends stored deltas into one, each blend once: a map over shards, like the merge, so the bits
 * are the same on any number of threads and machines.
 */
public final class BlendJob {
  private static final StageVersion STAGE = new StageVersion("blend", 1);

  private final JavaSparkContext spark;
  private final StoreLocation location;

  public BlendJob(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.location = location;
  }

  /**
   * The digest of the blended delta's blob.
   *
   * @param deltas digests of blobs of one parameter space, in the order of the tasks
   * @throws IllegalArgumentException if there are none, or they differ in space or cut
   */
  public Digest run(Blend blend, List<Digest> deltas) {
    ModelStore store = StoreCache.at(location);
    JsonObject inputs = STAGE.inputs().with("blend", blend.label()).with("deltas", deltas);
    return new Memo(
            store, STAGE.name(), receipt -> store.blobs().contains(receipt.output(Output.DELTA)))
        .get(
            Digest.of(inputs.bytes()),
            () ->
                Map.of(
                    Output.DELTA, blend(blend, deltas.stream().map(store.blobs()::get).toList())),
            Provenance.start(spark)::finish)
        .output(Output.DELTA);
  }

  private Digest blend(Blend blend, List<Blob> deltas) {
    Check.argument(!deltas.isEmpty(), "Cannot blend: no deltas (at least one)");
    Blob like = deltas.get(0);
    for (Blob delta : deltas) {
      Check.argument(
          delta.space().equals(like.space())
              && delta.cut().equals(like.cut())
              && delta.element() == ElementType.FLOAT32,
          "Cannot blend deltas of the parameter spaces %s and %s: train all on one base and kind",
          like.space().abbreviated(),
          delta.space().abbreviated());
    }
    List<Float> least = least(blend, deltas);
    List<Blob.Shard> shards = map(like, new BlendShard(location, blend, deltas, least));
    return StoreCache.at(location)
        .blobs()
        .put(new Blob(ElementType.FLOAT32, like.space(), like.coordinates(), like.cut(), shards));
  }

  private <R> List<R> map(Blob like, Function<Integer, R> work) {
    List<Integer> shards = IntStream.range(0, like.shards().size()).boxed().toList();
    return new Stage(spark, STAGE.name() + " deltas" + JobSubject.suffix(spark)).map(shards, work);
  }

  /** The smallest magnitude that counts, per delta. */
  private List<Float> least(Blend blend, List<Blob> deltas) {
    OptionalDouble share = blend.largest();
    return deltas.stream()
        .map(delta -> share.isEmpty() ? 0f : least(delta, share.getAsDouble()))
        .toList();
  }

  private float least(Blob delta, double share) {
    long kept = Math.max(1, Math.round(share * delta.coordinates()));
    MagnitudeCount.Place coarse = count(delta, MagnitudeCount.coarse()).find(kept - 1);
    MagnitudeCount fine = count(delta, MagnitudeCount.within(coarse.bucket()));
    return fine.magnitude(fine.find(kept - 1 - coarse.above()).bucket());
  }

  private MagnitudeCount count(Blob delta, MagnitudeCount empty) {
    MagnitudeCount sum = empty.copy();
    map(delta, new CountShard(location, delta, empty)).forEach(sum::add);
    return sum;
  }

  /** Counts the magnitudes of a shard. Spark may apply one function to several shards. */
  record CountShard(StoreLocation location, Blob delta, MagnitudeCount empty)
      implements Function<Integer, MagnitudeCount> {
    @Override
    public MagnitudeCount call(Integer shard) {
      MagnitudeCount count = empty.copy();
      try (ShardReader rows = StoreCache.at(location).blobs().open(delta, shard)) {
        while (rows.hasRow()) {
          count.add(RowBytes.floats(rows.readRow()));
        }
      }
      return count;
    }
  }

  private record BlendShard(
      StoreLocation location, Blend blend, List<Blob> deltas, List<Float> least)
      implements Function<Integer, Blob.Shard> {
    @Override
    public Blob.Shard call(Integer shard) {
      Blobs blobs = StoreCache.at(location).blobs();
      Blob like = deltas.get(0);
      List<ShardReader> open = new ArrayList<>();
      try (ShardWriter writer =
          blobs.shardWriter(ElementType.FLOAT32, like.cut(), shard, like.coordinates())) {
        deltas.forEach(delta -> open.add(blobs.open(delta, shard)));
        while (open.get(0).hasRow()) {
          float[][] rows =
              open.stream()
                  .map(reader -> RowBytes.floats(reader.readRow()))
                  .toArray(float[][]::new);
          float[] merged = new float[rows[0].length];
          blend.merge(rows, floats(least), merged);
          writer.write(RowBytes.of(merged));
        }
        return writer.finish();
      } finally {
        Closing.all(open.stream().<Runnable>map(reader -> reader::close).toList());
      }
    }

    private static float[] floats(List<Float> values) {
      float[] floats = new float[values.size()];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = values.get(i);
      }
      return floats;
    }
  }
}
