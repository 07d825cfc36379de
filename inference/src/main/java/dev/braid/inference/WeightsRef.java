package dev.braid.inference;

import dev.braid.model.Digest;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TaskId;
import dev.braid.model.Weights;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.ModelStore;
import java.io.Serializable;
import java.util.Optional;

/** Refers to a model's weights by digests, so that Spark tasks carry no tensors. */
public sealed interface WeightsRef extends Serializable {
  /** The base itself. */
  record Base() implements WeightsRef {}

  /**
   * The base plus a trained delta.
   *
   * @param delta digest of the delta's blob
   */
  record Tuned(ParameterSpace space, Digest delta) implements WeightsRef {}

  /**
   * A version's expert: the base plus the delta that its merged state reconstructs.
   *
   * @param model digest of the model record without its rule, on which no expert depends
   */
  record Expert(Digest model, TaskId task) implements WeightsRef {}

  /** The weights of a model that serves all tasks: the base until it has learned a task. */
  static WeightsRef ofAll(ModelRecord model) {
    return model
        .global()
        .<WeightsRef>map(delta -> new Tuned(model.space(), delta))
        .orElseGet(Base::new);
  }

  /** A key that identifies the weights, given the base. */
  default String key() {
    if (this instanceof Tuned tuned) {
      return "tuned " + tuned.delta();
    }
    return this instanceof Expert expert
        ? "expert " + expert.model() + " " + expert.task()
        : "base";
  }

  /**
   * The start of a training in this space that continues from these weights.
   *
   * @throws IllegalArgumentException if the weights do not belong to the space
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

  /** Reads the weights from the store. */
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
