package dev.braid.driver.merging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.model.Bits;
import dev.braid.model.Blob;
import dev.braid.model.Decoupling;
import dev.braid.model.Digest;
import dev.braid.model.NamedTensor;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.Prototypes;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.TaskParser;
import dev.braid.store.vector.FloatReader;
import dev.braid.store.vector.RowBytes;
import dev.braid.store.vector.RowReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A store with a synthetic base of several shards and rows, and synthetic tasks for it. */
public final class MergeStore {
  static final ShardCut CUT = new ShardCut(256, 128);

  static final List<TensorSpec> TENSORS =
      List.of(
          TensorSpec.of("attn.k_proj.bias", 10),
          TensorSpec.of("attn.k_proj.weight", 10, 10),
          TensorSpec.of("attn.out_proj.weight", 10, 10),
          TensorSpec.of("attn.q_proj.bias", 10),
          TensorSpec.of("attn.q_proj.weight", 10, 10),
          TensorSpec.of("attn.v_proj.bias", 10),
          TensorSpec.of("attn.v_proj.weight", 10, 10),
          TensorSpec.of("embedding", 41, 9));

  public final StoreLocation location;
  public final ModelStore store;
  final ParameterSpace space;

  public MergeStore(Path root) throws IOException {
    this(StoreLocation.of(root.toString()));
  }

  public MergeStore(StoreLocation location) throws IOException {
    this(ModelStore.create(location, new Base(), Map.of(), CUT, Map.of()));
  }

  private MergeStore(ModelStore store) {
    this.location = store.location();
    this.store = store;
    this.space = new ParameterSpace(store.baseDigest(), new ParameterKind.Full(), TENSORS);
  }

  /** An existing store. */
  public static MergeStore open(Path root) {
    return new MergeStore(ModelStore.open(StoreLocation.of(root.toString())));
  }

  /** A line before its first version. */
  public ModelRecord start(MergeState mergeState, RescalerKind rescalerKind) {
    return new ModelRecord(space, "condu", mergeState, rescalerKind, new TreeMap<>(), List.of());
  }

  /** The group of every coordinate: the biases of k, q and v; their weights; the other two. */
  static int[] groupOfCoordinate() {
    int[] groupOfTensor = {0, 1, 2, 0, 1, 0, 1, 3};
    return IntStream.range(0, TENSORS.size())
        .flatMap(i -> LongStream.range(0, TENSORS.get(i).size()).mapToInt(j -> groupOfTensor[i]))
        .toArray();
  }

  /** The base's value at a coordinate of a tensor. */
  static float baseValue(int element) {
    return element % 17 * .37f - 2;
  }

  public float[] randomDelta(int seed) {
    Random random = new Random(seed);
    float[] delta = new float[Math.toIntExact(space.coordinates())];
    for (int j = 0; j < delta.length; j++) {
      delta[j] = random.nextInt(5) == 0 ? 0 : (float) random.nextGaussian() * 1e-3f;
    }
    return delta;
  }

  public TaskDraft task(String name, float... delta) {
    return task(name, store.blobs().writeFloats(space.digest(), CUT, delta));
  }

  TaskDraft task(String name, Blob delta) {
    return new TaskDraft(
        new TaskId(name),
        List.of("one", "two"),
        List.of("a photo of a {c}."),
        dataset(name),
        store.blobs().put(delta),
        prototypes(name),
        new TreeMap<>(
            Map.of(
                "steps",
                "3",
                "replicas",
                "2",
                "round-steps",
                "3",
                "ingest-seed",
                "1",
                "shots",
                "0")),
        /* seed= */ 7);
  }

  /** A data set that no merge reads. */
  private Digest dataset(String name) {
    byte[] pictures = ("pictures of " + name).getBytes(UTF_8);
    String json =
        """
        {"class-names":["one","two"],"content":"%1$s","files":[{"bytes":1,"digest":"%1$s"}],\
        "rows":{"test":1,"train":1,"validation":0},"rows-per-file":512}"""
            .formatted(store.objects().put(pictures, "parquet"));
    return store.objects().put(json.getBytes(UTF_8), "json");
  }

  private Digest prototypes(String name) {
    return store
        .records()
        .put(new Prototypes(new TaskId(name), List.of("one", "two"), 1, new float[] {1, 1}));
  }

  Blob blob(Map<String, Digest> digests, String name) {
    return store.blobs().get(Objects.requireNonNull(digests.get(name), name));
  }

  float[] unified(ModelRecord version) {
    return store.blobs().readFloats(blob(version.state(), ModelRecord.UNIFIED));
  }

  public TaskRecord record(ModelRecord version, int task) {
    Digest digest = version.tasks().get(task).record();
    return TaskParser.fromJson(store.objects().read(digest, "json"), "a task");
  }

  /** A task's mask, row by row from the stored planes and the version's state. */
  String mask(ModelRecord version, int task) {
    Map<String, Digest> planes = record(version, task).planes();
    boolean isDecoupled = version.mergeState() == MergeState.DECOUPLED;
    String plane = isDecoupled ? TaskRecord.BIRTH : TaskRecord.NONZERO;
    Blob other =
        isDecoupled ? blob(version.state(), ModelRecord.LAST_FLIP) : blob(planes, TaskRecord.SIGN);
    int step = version.tasks().get(task).step();
    StringBuilder digits = new StringBuilder();
    try (RowReader planeRows = store.blobs().rows(blob(planes, plane));
        RowReader otherRows = store.blobs().rows(other);
        FloatReader unified = store.blobs().floats(blob(version.state(), ModelRecord.UNIFIED))) {
      while (planeRows.hasRow()) {
        byte[] bits = RowBytes.bits(planeRows.readRow());
        ByteBuffer row = otherRows.readRow();
        float[] values = new float[rowLength(digits.length())];
        unified.read(values);
        byte[] mask =
            isDecoupled
                ? Decoupling.maskSinceBirth(bits, RowBytes.steps(row, other.element()), step)
                : Decoupling.maskOfSign(bits, RowBytes.bits(row), values);
        for (int j = 0; j < values.length; j++) {
          digits.append(Bits.get(mask, j) ? '1' : '0');
        }
      }
    }
    return digits.toString();
  }

  int rowLength(int start) {
    return (int) Math.min(CUT.rowLength(), space.coordinates() - start);
  }

  private static final class Base implements Weights {
    @Override
    public List<TensorSpec> tensors() {
      return TENSORS;
    }

    @Override
    public void forEach(Reader reader) throws IOException {
      for (TensorSpec tensor : TENSORS) {
        float[] values = new float[Math.toIntExact(tensor.size())];
        for (int j = 0; j < values.length; j++) {
          values[j] = baseValue(j);
        }
        reader.accept(new NamedTensor(tensor, values));
      }
    }
  }
}
