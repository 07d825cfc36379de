package dev.braid.jobs;

import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.Clip;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The models that this JVM has loaded, shared by its tasks.
 *
 * <p>A task leases a model and closes the lease, never the model. Beyond those leased at the
 * moment, two are kept; the one used longest ago is closed when another is loaded. What is kept at
 * the end goes with the process.
 */
final class LoadedClips {
  private static final int KEPT = 2;
  private static final LoadedClips SHARED = new LoadedClips();

  private record Key(StoreLocation store, String weights) {}

  private final Map<Key, Loaded> loaded =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true); // guarded by this

  private LoadedClips() {}

  /** Borrows the model of these weights, loading it if need be. */
  static Lease lease(StoreLocation store, WeightsRef weights) throws IOException {
    return SHARED.borrow(store, weights);
  }

  private synchronized Lease borrow(StoreLocation location, WeightsRef weights) throws IOException {
    Key key = new Key(location, weights.key());
    Loaded model = loaded.get(key);
    if (model == null) {
      ModelStore store = OpenStores.at(location);
      model = new Loaded(Clip.load(Definitions.of(store), weights.weights(store)));
      loaded.put(key, model);
    }
    model.users++;
    closeIdle();
    return new Lease(model);
  }

  private synchronized void giveBack(Loaded model) {
    model.users--;
    closeIdle();
  }

  private void closeIdle() {
    long idle = loaded.values().stream().filter(model -> model.users == 0).count();
    Iterator<Loaded> oldestFirst = loaded.values().iterator();
    while (idle > KEPT) {
      Loaded model = oldestFirst.next();
      if (model.users == 0) {
        oldestFirst.remove();
        model.clip.close();
        idle--;
      }
    }
  }

  /** A loaded model with the class weights it was asked for. */
  private static final class Loaded {
    private final Clip clip;
    private final Map<List<List<String>>, float[][]> classWeights = new HashMap<>();
    private int users;

    Loaded(Clip clip) {
      this.clip = clip;
    }

    synchronized float[][] classWeights(List<String> classNames, List<String> templates) {
      return classWeights.computeIfAbsent(
          List.of(classNames, templates), key -> clip.classWeights(classNames, templates));
    }
  }

  /** The right to use a model until the lease is closed. */
  static final class Lease implements AutoCloseable {
    private final Loaded model;

    private Lease(Loaded model) {
      this.model = model;
    }

    Clip clip() {
      return model.clip;
    }

    /** As {@link Clip#classWeights}, computed once for all tasks that ask. Not to be changed. */
    float[][] classWeights(List<String> classNames, List<String> templates) {
      return model.classWeights(classNames, templates);
    }

    @Override
    public void close() {
      SHARED.giveBack(model);
    }
  }
}
