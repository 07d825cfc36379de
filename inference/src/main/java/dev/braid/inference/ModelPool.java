package dev.braid.inference;

import static java.util.Objects.requireNonNull;

import dev.braid.model.Check;
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
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Models in memory, shared by threads.
 *
 * <p>A caller leases a model and closes the lease, never the model. The least recently used idle
 * model is closed when another one needs its place. The shared pool of this JVM keeps two idle
 * models besides those that are leased, and never closes them at the end of the process. A bounded
 * pool never has more models open than it may: a thread waits for a place, so it must not hold a
 * lease of the pool meanwhile.
 */
public final class ModelPool implements AutoCloseable {
  private static final int KEPT = 2;
  private static final ModelPool SHARED = new ModelPool(KEPT, Integer.MAX_VALUE);

  private record Key(Device device, StoreLocation store, Digest base, String weights) {}

  private final int kept;
  private final int most;
  private final Map<Key, Loaded> loaded =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true); // guarded by this
  private boolean isClosed; // guarded by this

  private ModelPool(int kept, int most) {
    this.kept = kept;
    this.most = most;
  }

  /**
   * A pool of its own.
   *
   * @param models the largest number of models that are open at once; at least 1
   */
  public static ModelPool bounded(int models) {
    Check.argument(models > 0, "Invalid number of open models: %s (at least 1)", models);
    return new ModelPool(models, models);
  }

  /** Leases the model with these weights from the shared pool, and loads it if necessary. */
  public static Lease lease(Device device, StoreLocation store, WeightsRef weights)
      throws IOException {
    return SHARED.borrow(device, store, weights);
  }

  /**
   * Leases the model with these weights, and loads it if necessary.
   *
   * @throws CancellationException if the thread is interrupted while it waits for a place; it stays
   *     interrupted
   * @throws IllegalStateException if the pool is closed
   */
  public Lease borrow(Device device, StoreLocation location, WeightsRef weights)
      throws IOException {
    ModelStore store = StoreCache.at(location);
    Lease lease = new Lease(this, reserve(key(device, store, location, weights)));
    try {
      lease.model.load(device, store, weights); // only callers of the same model wait for it
      return lease;
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  /** Whether the model with these weights is open now. */
  public synchronized boolean isOpen(Device device, StoreLocation location, WeightsRef weights) {
    return loaded.containsKey(key(device, StoreCache.at(location), location, weights));
  }

  /** The number of models that are open now. */
  public synchronized int open() {
    return loaded.size();
  }

  private static Key key(
      Device device, ModelStore store, StoreLocation location, WeightsRef weights) {
    return new Key(device, location, store.baseDigest(), weights.key());
  }

  private synchronized Loaded reserve(Key key) {
    awaitPlace(key);
    Loaded model = loaded.computeIfAbsent(key, missing -> new Loaded());
    model.users++;
    closeIdle(kept, Integer.MAX_VALUE);
    return model;
  }

  /** Waits until the model is open or there is room for it. */
  private void awaitPlace(Key key) {
    try {
      while (true) {
        if (isClosed) {
          throw new IllegalStateException("Cannot use a model: its owner is closed");
        }
        if (!loaded.containsKey(key)) {
          closeIdle(Integer.MAX_VALUE, most - 1);
        }
        if (loaded.containsKey(key) || loaded.size() < most) {
          return;
        }
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Cancelled: the thread was interrupted");
    }
  }

  private synchronized void giveBack(Loaded model) {
    model.users--;
    closeIdle(isClosed ? 0 : kept, Integer.MAX_VALUE);
    notifyAll();
  }

  /** Closes the idle models beyond these numbers of idle and of all models, oldest first. */
  private void closeIdle(int mostIdle, int mostOpen) {
    long idle = loaded.values().stream().filter(model -> model.users == 0).count();
    Iterator<Loaded> oldestFirst = loaded.values().iterator();
    while (idle > mostIdle || (idle > 0 && loaded.size() > mostOpen)) {
      Loaded model = oldestFirst.next();
      if (model.users == 0) {
        oldestFirst.remove();
        model.close();
        idle--;
      }
    }
  }

  /** Closes the models; one that is leased is closed with its last lease. */
  @Override
  public synchronized void close() {
    isClosed = true;
    closeIdle(0, Integer.MAX_VALUE);
    notifyAll();
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
    private final ModelPool pool;
    private final Loaded model;

    private Lease(ModelPool pool, Loaded model) {
      this.pool = pool;
      this.model = model;
    }

    /** The model, which must not be used after the lease is closed. */
    public Encoder encoder() {
      return model.encoder();
    }

    @Override
    public void close() {
      pool.giveBack(model);
    }
  }
}
