package dev.braid.driver.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.driver.shard.MergePlan.Other;
import dev.braid.merge.DeltasState.SignPlanes;
import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskRecord;
import dev.braid.model.TensorGroups;
import dev.braid.model.TensorSpec;
import dev.braid.model.Truth;
import dev.braid.store.Blobs;
import dev.braid.store.ShardWriter;
import dev.braid.store.file.Folder;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.object.ObjectStore;
import dev.braid.store.object.ObjectWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deltas merged anew, however many, have few shards in memory at a time, and are read once. */
final class RemergeTest {
  private static final int COORDINATES = 200;
  private static final ShardCut CUT = new ShardCut(256, 128);
  private static final int MOST = 8; // the two planes of four tasks

  @TempDir Path folder;

  @Test
  void shards_areOpenedOnceAndFewAtATime() {
    OpenShards objects = new OpenShards(new HadoopObjects(Folder.of(folder.toString(), Map.of())));
    Blobs blobs = new Blobs(objects);
    for (int others : List.of(3, 6, 25)) {
      MergePlan plan = plan(blobs, others);
      objects.mostOpen = 0;
      objects.opened = 0;

      assertThat(new ShardMerge(blobs, plan).merge(0)).isInstanceOf(ShardOutcome.Merged.class);
      assertThat(objects.mostOpen).isEqualTo(Math.min(MOST, 2 * (others / 3 * 2)));
      assertThat(objects.opened).isEqualTo(3 * others + 1);
      assertThat(objects.open).isZero();
    }
  }

  /** The new task behind two thirds of the others. */
  private static MergePlan plan(Blobs blobs, int count) {
    ParameterSpace space =
        new ParameterSpace(
            Digest.of("a base"),
            new ParameterKind.Full(),
            List.of(TensorSpec.of("bias", COORDINATES)));
    Random random = new Random(count);
    List<Other> others = new ArrayList<>();
    for (int task = 0; task < count; task++) {
      float[] delta = delta(random);
      SignPlanes planes = SignPlanes.of(delta);
      others.add(
          new Other(
              blobs.writeFloats(space.digest(), CUT, delta),
              new TreeMap<>(
                  Map.of(
                      TaskRecord.NONZERO, bits(blobs, space, planes.nonzero()),
                      TaskRecord.SIGN, bits(blobs, space, planes.sign())))));
    }
    int place = count / 3 * 2;
    return new MergePlan(
        Truth.DELTAS,
        TensorGroups.of(space),
        new TreeMap<>(),
        List.of(),
        others.subList(0, place),
        others.subList(place, count),
        place + 1,
        blobs.writeFloats(space.digest(), CUT, delta(random)));
  }

  private static float[] delta(Random random) {
    float[] delta = new float[COORDINATES];
    for (int j = 0; j < COORDINATES; j++) {
      delta[j] = (float) random.nextGaussian();
    }
    return delta;
  }

  private static Blob bits(Blobs blobs, ParameterSpace space, byte[] plane) {
    int row = CUT.rowLength() / Byte.SIZE;
    try (ShardWriter writer = blobs.shardWriter(ElementType.BIT, CUT, 0, COORDINATES)) {
      writer.write(ByteBuffer.wrap(plane, 0, row).slice());
      writer.write(ByteBuffer.wrap(plane, row, plane.length - row).slice());
      return new Blob(ElementType.BIT, space.digest(), COORDINATES, CUT, List.of(writer.finish()));
    }
  }

  /** Counts what is open. */
  private static final class OpenShards implements ObjectStore {
    private final ObjectStore delegate;
    private int open;
    private int mostOpen;
    private int opened;

    OpenShards(ObjectStore delegate) {
      this.delegate = delegate;
    }

    @Override
    public FSDataInputStream open(Digest digest, String extension) {
      FSDataInputStream in = delegate.open(digest, extension);
      open++;
      opened++;
      mostOpen = Math.max(mostOpen, open);
      return new FSDataInputStream(in.getWrappedStream()) {
        @Override
        public void close() throws IOException {
          open--;
          super.close();
        }
      };
    }

    @Override
    public ObjectWriter writer(String extension) {
      return delegate.writer(extension);
    }

    @Override
    public boolean contains(Digest digest, String extension) {
      return delegate.contains(digest, extension);
    }

    @Override
    public String location(Digest digest, String extension) {
      return delegate.location(digest, extension);
    }
  }
}
