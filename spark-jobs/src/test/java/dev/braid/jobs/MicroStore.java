package dev.braid.jobs;

import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.ShardCut;
import dev.braid.model.Weights;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.clip.ClipDefinition;
import dev.braid.vlm.clip.MicroClip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Stores over a random CLIP of a few thousand parameters, on which jobs take milliseconds. */
public final class MicroStore {
  public static final Map<String, byte[]> FILES = MicroClip.files();
  public static final ClipDefinition DEFINITION = ClipDefinition.of(FILES);

  private MicroStore() {}

  /** Creates a store in the folder with several shards of several rows. */
  public static StoreLocation create(Path folder) throws IOException {
    StoreLocation location = StoreLocation.of(folder.toString());
    ModelStore.create(location, weights(1), FILES, new ShardCut(2048, 1024), Map.of());
    return location;
  }

  public static ParameterSpace space(StoreLocation location) {
    ModelStore store = ModelStore.open(location);
    return new ParameterSpace(
        store.baseDigest(), new ParameterKind.Full(), DEFINITION.config().trained());
  }

  /** Random weights, large enough that every part of the network matters. */
  public static Weights weights(long seed) {
    return MicroClip.weights(DEFINITION.config(), seed);
  }
}
