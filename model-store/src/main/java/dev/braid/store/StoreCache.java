package dev.braid.store;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The stores that this JVM has opened: a store's base never changes, so a task need not read its
 * record again, nor verify an object that an earlier task verified.
 *
 * <p>A store can be deleted and replaced by another one, so {@code store.json} is read each time.
 */
public final class StoreCache {
  private static final ConcurrentHashMap<StoreLocation, ModelStore> OPEN =
      new ConcurrentHashMap<>();

  private StoreCache() {}

  /** The store at this location. */
  public static ModelStore at(StoreLocation location) {
    ModelStore known = OPEN.get(location);
    if (known != null && known.isStillHere()) {
      return known;
    }
    // two tasks may both open it, which is harmless
    ModelStore opened = ModelStore.open(location);
    OPEN.put(location, opened);
    return opened;
  }
}
