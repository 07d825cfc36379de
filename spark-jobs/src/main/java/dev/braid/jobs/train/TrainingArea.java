package dev.braid.jobs.train;

import dev.braid.model.Digest;
import dev.braid.store.ModelStore;
import dev.braid.store.Staging;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.vector.Blobs;
import java.io.Serializable;

/**
 * The staging areas of a training: one lists its checkpoints, and each round has one for its
 * vectors, which is deleted once the next round is saved.
 */
record TrainingArea(StoreLocation location, Digest inputs) implements Serializable {
  /** The area that lists the checkpoints. */
  Staging list() {
    return StoreCache.at(location).staging(name());
  }

  /** The vectors of the round that ended after this many steps. */
  Blobs vectors(int step) {
    return vectorArea(step).blobs();
  }

  /** Deletes the vectors of the round that ended after this many steps. */
  void drop(int step) {
    vectorArea(step).delete();
  }

  /** Deletes the list and the vectors of all rounds, including those of killed runs. */
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
