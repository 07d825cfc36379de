package dev.braid.inference;

import dev.braid.model.Digest;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TaskId;
import dev.braid.model.Weights;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.ModelStore;
import java.io.Serializable;
import java.util.Optional;

/** Names a model's weights by digests, so that tasks carry no tensors. */
public sealed interface WeightsRef extends Serializable {
  /** The base itself. */
  record Base() implements WeightsRef {}

  /**
   * The base plus a delta as it was trained.
   *
   * @param delta digest of the delta's blob
   */
  record Tuned(ParameterSpace space, Digest delta) implements WeightsRef {}

  /**
   * A version's expert: the base plus the delta that its merged state gives back.
   *
   * @param model digest of the model record
   */
  record Expert(Digest model, TaskId task) implements WeightsRef {}

  /** What answers for all tasks of a model that is one for all: the base until it has learned. */
  static WeightsRef ofAll(ModelRecord model) {
    return model
        .global()
        .<WeightsRef>map(delta -> new Tuned(model.space(), delta))
        .orElseGet(Base::new);
  }

  /** What is the same only for the same weights, given the base. */
  default String key() {
    if (this instanceof Tuned tuned) {
      return "tuned " + tuned.delta();
    }
    return this instanceof Expert expert
        ? "expert " + expert.model() + " " + expert.task()
        : "base";
  }

  /**
   * What a training in a space begins with, to go on from these weights.
   *
   * @throws IllegalArgumentException if they are not of the space
   */
  default Weights of(ModelStore store, ParameterSpace space) {
    if (this instanceof Base) {
      return store.weights().start(space, Optional.empty());
    }
    if (this instanceof Tuned tuned) {
      return store.weights().start(space, Optional.of(store.blobs().get(tuned.delta())));
    }
    throw new IllegalArgumentException(
        "Invalid start of a training: %s (the base, or a trained delta)".formatted(key()));
  }

  /** The weights in the store. */
  default Weights weights(ModelStore store) {
    if (this instanceof Tuned tuned) {
      return store.weights().tuned(tuned.space(), store.blobs().get(tuned.delta()));
    }
    if (this instanceof Expert expert) {
      return store.weights().expert(store.records().model(expert.model()), expert.task());
    }
    return store.weights().base();
  }
}
