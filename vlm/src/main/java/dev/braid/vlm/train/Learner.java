package dev.braid.vlm.train;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.tensor.Parameters;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes optimizer steps on the trained tensors of a model, for any loss. */
public final class Learner implements AutoCloseable {
  private final TrainSettings settings;
  private final Scope scope;
  private final Parameters parameters;
  private final TrainState state;

  /**
   * A learner at step 0.
   *
   * @param scope holds the parameters; closed with the learner
   * @param trained the elements that can change, of each tensor that is trained
   */
  public Learner(
      Scope scope, Parameters parameters, List<Trainable> trained, TrainSettings settings) {
    this.scope = scope;
    this.parameters = parameters;
    this.settings = settings;
    this.state = new TrainState(trained.stream().map(this::trained).toList());
  }

  private Trained trained(Trainable tensor) {
    TensorSpec spec = tensor.spec();
    return Trained.of(scope, spec, parameters.get(spec.name()), tensor.spans());
  }

  TrainSettings settings() {
    return settings;
  }

  /** Step and vectors, to save and to resume from. */
  public TrainState state() {
    return state;
  }

  /** A copy of a tensor's values, trained or not. */
  float[] values(String tensor) {
    return parameters.get(tensor).toArray();
  }

  /** The number of open tensors. */
  int openTensors() {
    return scope.openTensors();
  }

  /** An aligner that starts from the current weights. */
  Aligner aligner(Alignment alignment, Weights base) throws IOException {
    return Aligner.of(scope, alignment, state, base);
  }

  /** Takes one step at this learning rate; returns the loss before it. */
  public float step(BatchLoss batch, double rate) {
    try (Scope step = scope.child()) {
      Parameters live = leaves(step);
      float loss = batch.differentiate(step, live);
      if (!Float.isFinite(loss)) {
        throw new TrainingDivergedException("the loss is " + loss, state.step(), rate);
      }
      Optimizer optimizer = AdamW.of(settings, state.step(), rate).on(step);
      for (Trained tensor : state.tensors()) {
        optimizer.update(tensor, live.get(tensor.spec().name()).gradient());
      }
      state.resumeAt(state.step() + 1);
      return loss;
    }
  }

  /** The gradient of a loss with respect to every trained tensor. */
  public List<NamedTensor> gradients(BatchLoss batch) {
    try (Scope step = scope.child()) {
      Parameters live = leaves(step);
      batch.differentiate(step, live);
      return state.tensors().stream()
          .map(Trained::spec)
          .map(spec -> new NamedTensor(spec, live.get(spec.name()).gradient().toArray()))
          .toList();
    }
  }

  private Parameters leaves(Scope step) {
    Map<String, Tensor> leaves = new HashMap<>();
    for (Trained tensor : state.tensors()) {
      leaves.put(tensor.spec().name(), step.leaf(tensor.weights()));
    }
    return parameters.with(leaves);
  }

  /**
   * Checks that all weights are finite.
   *
   * @throws TrainingDivergedException if one is not
   */
  public void checkFinite() {
    float[] row = new float[1 << 16];
    for (long start = 0; start < state.coordinates(); start += row.length) {
      int length = (int) Math.min(row.length, state.coordinates() - start);
      state.copyOut(StateVector.WEIGHTS, start, row, length);
      for (int i = 0; i < length; i++) {
        if (!Float.isFinite(row[i])) {
          int last = state.step() - 1;
          throw new TrainingDivergedException(
              "a weight is " + row[i], last, settings.schedule().rate(last));
        }
      }
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
