package dev.braid.store.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Blob;
import dev.braid.model.Blob.Shard;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.TinyBase;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.vector.ShardWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stores random triggers of 105 coordinates in two shards, and rebuilds them by the book. */
final class ExpertTest {
  private static final int LENGTH = 105;
  private static final int STEP = 300;
  private static final TaskId TASK = new TaskId("dtd");

  @TempDir Path folder;
  private final List<ModelStore> opened = new ArrayList<>();
  private final Random random = new Random(7);

  @BeforeEach
  void createStore() throws IOException {
    opened.add(TinyBase.createStore(folder));
  }

  private ModelStore store() {
    return opened.get(0);
  }

  private ParameterSpace space() {
    return new ParameterSpace(
        store().baseDigest(), new ParameterKind.Full(), List.of(TinyBase.A, TinyBase.Z));
  }

  private Blob write(ElementType element, byte[] bytes) {
    List<Shard> shards = new ArrayList<>();
    for (int shard = 0; shard < 2; shard++) {
      int from = element.bytes(shard * 64);
      int to = element.bytes(shard == 0 ? 64 : LENGTH);
      try (ShardWriter writer = store().blobs().shardWriter(element, TinyBase.CUT, shard, LENGTH)) {
        writer.write(ByteBuffer.wrap(bytes, from, to - from));
        shards.add(writer.finish());
      }
    }
    return new Blob(element, space().digest(), LENGTH, TinyBase.CUT, shards);
  }

  private Digest plane(boolean[] bits) {
    byte[] bytes = new byte[ElementType.BIT.bytes(LENGTH)];
    for (int j = 0; j < LENGTH; j++) {
      bytes[j / 8] |= (byte) (bits[j] ? 1 << j % 8 : 0);
    }
    return store().blobs().put(write(ElementType.BIT, bytes));
  }

  private Digest floats(float[] values) {
    return store().blobs().put(store().blobs().writeFloats(space().digest(), TinyBase.CUT, values));
  }

  private Digest steps(int[] steps) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    for (int step : steps) {
      bytes.putShort((short) step);
    }
    return store().blobs().put(write(ElementType.UINT16, bytes.array()));
  }

  private float[] randomFloats() {
    float[] values = new float[LENGTH];
    for (int j = 0; j < LENGTH; j++) {
      values[j] = random.nextInt(4) == 0 ? 0f : (float) random.nextGaussian();
    }
    return values;
  }

  private boolean[] randomBits() {
    boolean[] bits = new boolean[LENGTH];
    for (int j = 0; j < LENGTH; j++) {
      bits[j] = random.nextBoolean();
    }
    return bits;
  }

  private ModelRecord model(
      MergeState mergeState,
      Map<String, Digest> state,
      Map<String, Digest> planes,
      List<Float> lambda) {
    TaskRecord task =
        new TaskRecord(
            TASK,
            List.of("braided", "woven"),
            List.of("a {c}"),
            Digest.of("data"),
            Digest.of("delta"),
            new TreeMap<>(planes),
            List.of(1.0, 1.0),
            Digest.of("prototypes"),
            new TreeMap<>(),
            0);
    Digest record = store().records().put(task);
    return new ModelRecord(
        space(),
        "condu",
        mergeState,
        RescalerKind.PER_TENSOR,
        new TreeMap<>(state),
        List.of(new Learned(TASK, record, STEP, lambda)));
  }

  /** All values one after the other. */
  private static float[] read(Weights weights) throws IOException {
    List<TensorSpec> order = new ArrayList<>();
    List<Float> values = new ArrayList<>();
    weights.forEach(
        tensor -> {
          order.add(tensor.spec());
          for (float value : tensor.values()) {
            values.add(value);
          }
        });
    assertThat(order).isEqualTo(weights.tensors());
    float[] all = new float[values.size()];
    for (int j = 0; j < all.length; j++) {
      all[j] = values.get(j);
    }
    return all;
  }

  /** The base with the delta added by hand; its scale is between the two trained tensors. */
  private static float[] sum(float[] delta) {
    float[] sum = new float[LENGTH + 1];
    for (int j = 0; j < 100; j++) {
      sum[j] = 0.25f + delta[j];
    }
    sum[100] = 4.6f;
    for (int j = 100; j < LENGTH; j++) {
      sum[j + 1] = (j - 99) + delta[j];
    }
    return sum;
  }

  private void assertExpert(ModelRecord model, float[] delta) throws IOException {
    assertThat(read(store().weights().delta(model, TASK))).containsExactly(delta);
    assertThat(read(store().weights().expert(model, TASK))).containsExactly(sum(delta));
  }

  @ParameterizedTest
  @EnumSource(MergeState.class)
  void expert_ofRandomTrigger_isTheBasePlusRescaledMaskedUnified(MergeState mergeState)
      throws IOException {
    float[] unified = randomFloats();
    boolean[] first = randomBits();
    boolean[] second = randomBits();
    int[] lastFlips = random.ints(LENGTH, STEP - 2, STEP + 3).toArray();
    List<Float> lambda = List.of(1.7f, 0.3f);
    Map<String, Digest> state =
        Map.of(ModelRecord.UNIFIED, floats(unified), ModelRecord.LAST_FLIP, steps(lastFlips));
    Map<String, Digest> planes =
        Map.of(
            TaskRecord.BIRTH, plane(first),
            TaskRecord.NONZERO, plane(first),
            TaskRecord.SIGN, plane(second));

    float[] expected = new float[LENGTH];
    for (int j = 0; j < LENGTH; j++) {
      boolean kept =
          mergeState == MergeState.DECOUPLED
              ? first[j] && lastFlips[j] <= STEP
              : first[j] && (second[j] ? unified[j] < 0 : unified[j] > 0);
      expected[j] = kept && unified[j] != 0 ? (j < 100 ? 1.7f : 0.3f) * unified[j] : 0f;
    }

    assertExpert(model(mergeState, state, planes, lambda), expected);
  }

  @Test
  void expert_ofOneRescaler_usesItForAll() throws IOException {
    float[] unified = randomFloats();
    boolean[] all = new boolean[LENGTH];
    java.util.Arrays.fill(all, true);
    float[] expected = new float[LENGTH];
    for (int j = 0; j < LENGTH; j++) {
      expected[j] = 2f * unified[j];
    }

    assertExpert(
        model(
            MergeState.DECOUPLED,
            Map.of(
                ModelRecord.UNIFIED,
                floats(unified),
                ModelRecord.LAST_FLIP,
                steps(new int[LENGTH])),
            Map.of(TaskRecord.BIRTH, plane(all)),
            List.of(2f)),
        expected);
  }

  @Test
  void tuned_isTheBasePlusTheDelta() throws IOException {
    float[] delta = randomFloats();
    Blob blob = store().blobs().writeFloats(space().digest(), TinyBase.CUT, delta);

    assertThat(read(store().weights().tuned(space(), blob))).containsExactly(sum(delta));
  }

  @Test
  void tuned_ofAnotherSpace_isRefused() {
    Blob blob = store().blobs().writeFloats(Digest.of("other"), TinyBase.CUT, randomFloats());

    assertThatThrownBy(() -> store().weights().tuned(space(), blob))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid delta: it is of another parameter space");
  }

  @Test
  void tuned_ofAnotherBase_isRefused() {
    ParameterSpace other =
        new ParameterSpace(Digest.of("base"), new ParameterKind.Full(), space().tensors());
    Blob blob = store().blobs().writeFloats(other.digest(), TinyBase.CUT, randomFloats());

    assertThatThrownBy(() -> store().weights().tuned(other, blob))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid parameter space: it is of base");
  }

  @Test
  void tuned_ofTensorTheBaseHasNot_isRefused() {
    ParameterSpace other =
        new ParameterSpace(
            store().baseDigest(), new ParameterKind.Full(), List.of(TensorSpec.of("a", 105)));
    Blob blob = store().blobs().writeFloats(other.digest(), TinyBase.CUT, randomFloats());

    assertThatThrownBy(() -> store().weights().tuned(other, blob))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot add a delta to the base: a [105] is not in it, or not in this order");
  }

  @Test
  void expert_withoutItsPlane_namesIt() {
    ModelRecord model =
        model(
            MergeState.DELTAS,
            Map.of(ModelRecord.UNIFIED, floats(randomFloats())),
            Map.of(TaskRecord.SIGN, plane(randomBits())),
            List.of(1f));

    assertThatThrownBy(() -> read(store().weights().expert(model, TASK)))
        .isInstanceOf(StoreFormatException.class)
        .hasMessage("Cannot decouple the task dtd: there is no 'nonzero'");
  }

  @Test
  void expert_ofTaskNotLearned_isRefused() {
    ModelRecord model = model(MergeState.DELTAS, Map.of(), Map.of(), List.of(1f));

    assertThatThrownBy(() -> store().weights().expert(model, new TaskId("mnist")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid task: mnist (not learned)");
  }

  @Test
  void expert_withTooManyRescalers_isRefused() {
    ModelRecord model = model(MergeState.DELTAS, Map.of(), Map.of(), List.of(1f, 1f, 1f));

    assertThatThrownBy(() -> store().weights().expert(model, TASK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 (one, or one for each of 2 groups)");
  }
}
