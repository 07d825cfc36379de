package dev.braid.driver.merging.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.driver.merging.shard.MergePlan.Other;
import dev.braid.merge.DeltasState.SignPlanes;
import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorGroups;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.file.Folder;
import dev.braid.store.file.LocalDisk;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.ShardWriter;
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

/** A merge of any number of deltas from scratch opens few shards at a time and reads each once. */
final class FullMergeTest {
  private static final int COORDINATES = 200;
  private static final ShardCut CUT = new ShardCut(256, 128);
  private static final int MOST = 8; // the two planes of four tasks

  @TempDir Path folder;

  @Test
  void shards_areOpenedOnceAndFewAtATime() {
    Map<String, String> disk = Map.of(LocalDisk.CLASS, CountingDisk.class.getName());
    Blobs blobs = new Blobs(new HadoopObjects(Folder.of(folder.toString(), disk)));
    for (int others : List.of(3, 6, 25)) {
      MergePlan plan = plan(blobs, others);
      CountingDisk.mostOpen = 0;
      CountingDisk.opened = 0;

      assertThat(new ShardMerge(blobs, plan).merge(0)).isInstanceOf(ShardOutcome.Merged.class);
      assertThat(CountingDisk.mostOpen).isEqualTo(Math.min(MOST, 2 * (others / 3 * 2)));
      assertThat(CountingDisk.opened).isEqualTo(3 * others + 1);
      assertThat(CountingDisk.open).isZero();
    }
  }

  /** The new task after two thirds of the others. */
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
        MergeState.DELTAS,
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
      delta[j] = random.nextInt(5) == 0 ? 0 : (float) random.nextGaussian();
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

  /** Counts the files that are open for reading. */
  public static final class CountingDisk extends LocalDisk {
    private static int open;
    private static int mostOpen;
    private static int opened;

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws IOException {
      FSDataInputStream in = super.open(file, bufferSize);
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
  }
}
