package dev.braid.jobs.train;

import dev.braid.model.Digest;
import dev.braid.store.ModelStore;
import dev.braid.store.Staging;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.vector.Blobs;
import java.io.Serializable;

/**
 * Where a training keeps its checkpoints: one staging area for the list of finished rounds, and one
 * for the vectors of each round, so that a round's can go when the next one stands.
 */
record TrainingArea(StoreLocation location, Digest inputs) implements Serializable {
  /** The area of the list. */
  Staging list() {
    return StoreCache.at(location).staging(name());
  }

  /** The vectors of the round that ended after this many steps. */
  Blobs vectors(int step) {
    return vectorArea(step).blobs();
  }

  /** Drops the vectors of the round that ended after this many steps. */
  void drop(int step) {
    vectorArea(step).delete();
  }

  /** Drops the list and the vectors of all rounds, of killed runs of the training too. */
  void delete() {
    ModelStore store = StoreCache.at(location);
    store.stagingAreas().stream()
        .filter(name -> name.startsWith(name()))
        .forEach(name -> store.staging(name).delete());
  }

  private Staging vectorArea(int step) {
    return StoreCache.at(location).staging(name() + "-" + step);
  }

  private String name() {
    return "train-" + inputs;
  }
}
