package dev.braid.inference;

import static java.util.Objects.requireNonNull;

import dev.braid.model.Digest;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.Encoder;
import dev.braid.vlm.tensor.Device;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The models that this JVM has loaded, shared by its threads.
 *
 * <p>A caller leases a model and closes the lease, never the model. Besides the leased models, two
 * idle ones are kept; the least recently used one is closed when another is loaded. Idle models are
 * never closed at the end of the process.
 */
public final class ModelPool {
  private static final int KEPT = 2;
  private static final ModelPool SHARED = new ModelPool();

  private record Key(Device device, StoreLocation store, Digest base, String weights) {}

  private final Map<Key, Loaded> loaded =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true); // guarded by this

  private ModelPool() {}

  /** Leases the model with these weights, and loads it if necessary. */
  public static Lease lease(Device device, StoreLocation store, WeightsRef weights)
      throws IOException {
    return SHARED.borrow(device, store, weights);
  }

  private Lease borrow(Device device, StoreLocation location, WeightsRef weights)
      throws IOException {
    ModelStore store = StoreCache.at(location);
    Key key = new Key(device, location, store.baseDigest(), weights.key());
    Lease lease = new Lease(reserve(key));
    try {
      lease.model.load(device, store, weights); // only callers of the same model wait for it
      return lease;
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private synchronized Loaded reserve(Key key) {
    Loaded model = loaded.computeIfAbsent(key, missing -> new Loaded());
    model.users++;
    closeIdle();
    return model;
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
        model.close();
        idle--;
      }
    }
  }

  /** A model, loaded by its first lease. */
  private static final class Loaded {
    private volatile @Nullable Encoder encoder; // stays the same while the model is leased
    private int users; // guarded by ModelPool

    synchronized void load(Device device, ModelStore store, WeightsRef weights) throws IOException {
      if (encoder == null) {
        encoder = BaseDefinition.of(store).load(device, weights.weights(store));
      }
    }

    Encoder encoder() {
      return requireNonNull(encoder, "encoder is not loaded");
    }

    synchronized void close() {
      Encoder open = encoder;
      if (open != null) {
        open.close();
      }
    }
  }

  /** The right to use a model until the lease is closed. */
  public static final class Lease implements AutoCloseable {
    private final Loaded model;

    private Lease(Loaded model) {
      this.model = model;
    }

    /** The model, which must not be used after the lease is closed. */
    public Encoder encoder() {
      return model.encoder();
    }

    @Override
    public void close() {
      SHARED.giveBack(model);
    }
  }
}
