package dev.braid.driver.merging.shard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.driver.merging.shard.MergePlan.OldTask;
import dev.braid.driver.merging.shard.MergePlan.Other;
import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorGroups;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.MergeState;
import dev.braid.store.file.Folder;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.vector.Blobs;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Inputs are verified while they are merged: corrupt inputs must have no result. */
final class ShardMergeTest {
  private static final int COORDINATES = 200;
  private static final ShardCut CUT = new ShardCut(256, 128);
  private static final ParameterSpace SPACE =
      new ParameterSpace(
          Digest.of("a base"),
          new ParameterKind.Full(),
          List.of(TensorSpec.of("bias", COORDINATES)));

  @TempDir Path folder;

  /** New instances, because an object store remembers which files it has checked. */
  private Blobs blobs() {
    return new Blobs(new HadoopObjects(Folder.of(folder.toString(), Map.of())));
  }

  /** The step after two others. */
  private MergePlan third(MergeState mergeState) {
    SortedMap<String, Blob> state = new TreeMap<>();
    List<OldTask> old = new ArrayList<>();
    for (int step = 1; step < 3; step++) {
      MergePlan plan = plan(mergeState, state, old, List.of());
      SortedMap<String, Blob.Shard> shards =
          ((ShardOutcome.Merged) new ShardMerge(blobs(), plan).merge(0)).shards();
      state = blobs(plan.newState(), shards);
      old.add(new OldTask(step, List.of(1f), blobs(plan.newPlanes(), shards)));
    }
    return plan(mergeState, state, old, List.of());
  }

  private MergePlan plan(
      MergeState mergeState,
      SortedMap<String, Blob> state,
      List<OldTask> old,
      List<Other> earlier) {
    int step = old.size() + earlier.size() + 1;
    return new MergePlan(
        mergeState, TensorGroups.of(SPACE), state, old, earlier, List.of(), step, delta(step));
  }

  private Blob delta(int seed) {
    Random random = new Random(seed);
    float[] delta = new float[COORDINATES];
    for (int j = 0; j < COORDINATES; j++) {
      delta[j] = (float) random.nextGaussian();
    }
    return blobs().writeFloats(SPACE.digest(), CUT, delta);
  }

  private static SortedMap<String, Blob> blobs(
      SortedMap<String, ElementType> elements, SortedMap<String, Blob.Shard> shards) {
    SortedMap<String, Blob> blobs = new TreeMap<>();
    elements.forEach(
        (name, element) ->
            blobs.put(
                name,
                new Blob(element, SPACE.digest(), COORDINATES, CUT, List.of(shards.get(name)))));
    return blobs;
  }

  private static List<Blob> inputs(MergePlan plan) {
    List<Blob> inputs = new ArrayList<>(plan.stateToRead().values());
    plan.old().forEach(task -> inputs.addAll(task.planes().values()));
    plan.earlier().forEach(other -> inputs.add(other.delta()));
    plan.earlier().forEach(other -> inputs.addAll(other.planes().values()));
    inputs.add(plan.delta());
    return inputs;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void merge_whereAnyInputsFirstRowHasAFlippedBit_isCorruptAndLeavesNothing(MergeState mergeState)
      throws IOException {
    assertCorruptWherever(third(mergeState));
  }

  @Test
  void mergeAnew_whereAnyInputsFirstRowHasAFlippedBit_isCorruptAndLeavesNothing()
      throws IOException {
    List<Other> others = new ArrayList<>();
    for (OldTask task : third(MergeState.DELTAS).old()) {
      others.add(new Other(delta(task.step()), task.planes()));
    }

    assertCorruptWherever(plan(MergeState.DELTAS, new TreeMap<>(), List.of(), others));
  }

  /** Sets all bits of a first float's exponent: NaN must not be the reason for the refusal. */
  private void assertCorruptWherever(MergePlan plan) throws IOException {
    List<Path> before = files();
    for (Blob input : inputs(plan)) {
      Path file = Path.of(URI.create(blobs().locations(input).get(0)));
      byte[] sound = Files.readAllBytes(file);
      byte[] bytes = sound.clone();
      int row = firstRow(bytes, input.element().bytes(CUT.rowLength()));
      bytes[row + 2] |= (byte) 0x80;
      bytes[row + 3] |= 0x7f;
      bytes[row] ^= 1;
      Files.write(file, bytes);

      assertThatThrownBy(() -> new ShardMerge(blobs(), plan).merge(0))
          .isInstanceOf(CorruptObjectException.class)
          .hasMessageContaining("its bytes have the digest " + Digest.of(bytes).abbreviated());
      assertThat(files()).isEqualTo(before);
      Files.write(file, sound);
    }
    assertThat(new ShardMerge(blobs(), plan).merge(0)).isInstanceOf(ShardOutcome.Merged.class);
  }

  /** The position of the first row's bytes, after their length. */
  private static int firstRow(byte[] file, int length) {
    ByteBuffer number = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, length);
    return new String(file, ISO_8859_1).indexOf(new String(number.array(), ISO_8859_1)) + 4;
  }
}
