package dev.braid.jobs;

import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The stores that this JVM has opened: a store's base never changes, so a task need not read its
 * record again, nor compare an object with its name that an earlier task compared.
 */
public final class OpenStores {
  private static final ConcurrentHashMap<StoreLocation, ModelStore> OPEN =
      new ConcurrentHashMap<>();

  private OpenStores() {}

  /** The store at this location. */
  public static ModelStore at(StoreLocation location) {
    return OPEN.computeIfAbsent(location, ModelStore::open);
  }
}
