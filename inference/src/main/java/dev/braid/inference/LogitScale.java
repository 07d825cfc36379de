package dev.braid.inference;

import dev.braid.model.Digest;
import dev.braid.store.ModelStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentHashMap;

/** The factor of the cosines in the logits of a store's base and of all its experts. */
public final class LogitScale {
  private static final ConcurrentHashMap<Digest, Float> KNOWN = new ConcurrentHashMap<>();

  private LogitScale() {}

  /** The factor for this store's base, which is read once. */
  public static float of(ModelStore store) {
    return KNOWN.computeIfAbsent(store.baseDigest(), base -> read(store));
  }

  private static float read(ModelStore store) {
    try {
      return BaseDefinition.of(store).logitScale(store.weights().base());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the logit scale of the base", e);
    }
  }
}
