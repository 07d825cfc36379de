package dev.braid.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.model.Digest;
import dev.braid.model.NamedTensor;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A base of three small tensors, of which the middle one is not trained. */
public final class TinyBase implements Weights {
  public static final TensorSpec A = TensorSpec.of("a", 10, 10);
  static final TensorSpec SCALE = TensorSpec.of("logit_scale");
  public static final TensorSpec Z = TensorSpec.of("z", 5);
  public static final ShardCut CUT = new ShardCut(64, 64);
  static final Map<String, byte[]> FILES = Map.of("config.json", "{}".getBytes(UTF_8));

  static StoreLocation location(Path folder) {
    return StoreLocation.of(folder.resolve("store").toString());
  }

  public static ModelStore createStore(Path folder) throws IOException {
    return createStore(location(folder));
  }

  /** Makes a store for this base. */
  public static ModelStore createStore(StoreLocation location) throws IOException {
    return ModelStore.create(location, new TinyBase(), FILES, CUT, Map.of("train", "full"));
  }

  /** The digest of a stored model without tasks, which versions can name. */
  public static Digest storeModel(ModelStore store) {
    return store
        .records()
        .put(
            new ModelRecord(
                new ParameterSpace(store.baseDigest(), new ParameterKind.Full(), List.of(A, Z)),
                "condu",
                MergeState.DECOUPLED,
                RescalerKind.TENSOR_MEAN,
                new TreeMap<>(),
                List.of()));
  }

  @Override
  public List<TensorSpec> tensors() {
    return List.of(A, SCALE, Z);
  }

  @Override
  public void forEach(Reader reader) throws IOException {
    float[] quarters = new float[100];
    Arrays.fill(quarters, 0.25f);
    reader.accept(new NamedTensor(A, quarters));
    reader.accept(new NamedTensor(SCALE, new float[] {4.6f}));
    reader.accept(new NamedTensor(Z, new float[] {1, 2, 3, 4, 5}));
  }
}
