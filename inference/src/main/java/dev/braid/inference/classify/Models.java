package dev.braid.inference.classify;

import dev.braid.inference.LabelSpace;
import dev.braid.inference.ModelPool;
import dev.braid.inference.StoredClassWeights;
import dev.braid.inference.WeightsRef;
import dev.braid.model.Check;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.image.UndecodableImageException;
import dev.braid.vlm.tensor.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The base and a bounded number of experts in memory.
 *
 * <p>No method holds a model while it waits for another one, so a bound of one expert suffices.
 */
final class Models implements AutoCloseable {
  private final StoreLocation location;
  private final Device device;
  private final int encodedTogether;
  private final ModelPool base = ModelPool.bounded(1);
  private final ModelPool experts;

  /** Models of which the experts are opened when they are needed. */
  Models(StoreLocation location, Device device, int openExperts, int encodedTogether) {
    Check.argument(
        encodedTogether > 0,
        "Invalid number of pictures encoded together: %s (at least 1)",
        encodedTogether);
    this.location = location;
    this.device = device;
    this.encodedTogether = encodedTogether;
    this.experts = ModelPool.bounded(openExperts);
  }

  /** The store. */
  ModelStore store() {
    return StoreCache.at(location);
  }

  /** One unit vector for each picture. */
  float[][] encode(WeightsRef weights, List<byte[]> pictures) throws UndecodableImageException {
    if (pictures.isEmpty()) {
      return new float[0][];
    }
    try (ModelPool.Lease model = lease(weights)) {
      float[][] vectors = new float[pictures.size()][];
      for (int from = 0; from < vectors.length; from += encodedTogether) {
        List<byte[]> some =
            pictures.subList(from, Math.min(from + encodedTogether, vectors.length));
        System.arraycopy(model.encoder().encodeImages(some), 0, vectors, from, some.size());
      }
      return vectors;
    } catch (UndecodableImageException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(weights, e);
    }
  }

  /** One unit vector for each class: those in the store, or else encoded now. */
  float[][] classes(WeightsRef weights, LabelSpace.Task classes) {
    return StoredClassWeights.find(store(), weights, classes)
        .orElseGet(() -> encoded(weights, classes));
  }

  private float[][] encoded(WeightsRef weights, LabelSpace.Task classes) {
    try (ModelPool.Lease model = lease(weights)) {
      return model.encoder().classWeights(classes.classNames(), classes.templates());
    } catch (IOException e) {
      throw unreadable(weights, e);
    }
  }

  private static UncheckedIOException unreadable(WeightsRef weights, IOException cause) {
    return new UncheckedIOException("Cannot load the model '%s'".formatted(weights.key()), cause);
  }

  /** Loads a model, unless it is open. */
  void load(WeightsRef weights) {
    try (ModelPool.Lease model = lease(weights)) {
      var unused = model.encoder();
    } catch (IOException e) {
      throw unreadable(weights, e);
    }
  }

  /** Whether a model can be used without loading it. */
  boolean isOpen(WeightsRef weights) {
    return pool(weights).isOpen(device, location, weights);
  }

  /** The number of experts that are open now. */
  int openExperts() {
    return experts.open();
  }

  private ModelPool.Lease lease(WeightsRef weights) throws IOException {
    return pool(weights).borrow(device, location, weights);
  }

  private ModelPool pool(WeightsRef weights) {
    return weights instanceof WeightsRef.Base ? base : experts;
  }

  @Override
  public void close() {
    base.close();
    experts.close();
  }
}
