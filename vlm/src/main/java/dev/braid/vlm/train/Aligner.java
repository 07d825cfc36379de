package dev.braid.vlm.train;

import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Resets entries whose sign has changed since the start of a training, as an {@link Alignment}
 * specifies.
 *
 * <p>All its data follow from the start, so a checkpoint does not contain them. It keeps a copy of
 * the trained tensors at the start and, in full fine-tuning, of the base's tensors, on the device.
 */
final class Aligner {
  private static final int BLOCK = 1 << 16;

  private final Alignment alignment;
  private final TrainState state;
  private final List<Reference> references;

  private final float[] weights = new float[BLOCK];
  private final float[] starts = new float[BLOCK];
  private final float[] zeros = new float[BLOCK];
  private final float[] first = new float[BLOCK];
  private final float[] second = new float[BLOCK];

  private Aligner(Alignment alignment, TrainState state, List<Reference> references) {
    this.alignment = alignment;
    this.state = state;
    this.references = references;
  }

  /**
   * A tensor at the start.
   *
   * @param zero the values relative to which entries have a sign; 0 if empty
   * @param guarded the largest entries, relative to those values
   */
  private record Reference(
      Trained tensor, Tensor start, Optional<Tensor> zero, LargestEntries guarded) {}

  /**
   * An aligner that starts from the state's current weights.
   *
   * @param base the signs of entries are relative to its tensors, and to 0 for all other tensors
   */
  static Aligner of(Scope scope, Alignment alignment, TrainState state, Weights base)
      throws IOException {
    Map<TensorSpec, Tensor> zeros = zeros(scope, state, base);
    List<Reference> references = new ArrayList<>();
    for (Trained tensor : state.tensors()) {
      float[] start = tensor.weights().toArray();
      Tensor kept = scope.tensor(start, tensor.weights().shape());
      Optional<Tensor> zero = Optional.ofNullable(zeros.get(tensor.spec()));
      zero.ifPresent(from -> subtract(from.toArray(), start));
      references.add(
          new Reference(tensor, kept, zero, LargestEntries.of(start, alignment.share())));
    }
    return new Aligner(alignment, state, references);
  }

  private static Map<TensorSpec, Tensor> zeros(Scope scope, TrainState state, Weights base)
      throws IOException {
    Set<TensorSpec> trained = new HashSet<>(state.tensors().stream().map(Trained::spec).toList());
    trained.retainAll(base.tensors());
    Map<TensorSpec, Tensor> zeros = new HashMap<>();
    if (!trained.isEmpty()) {
      base.forEach(
          tensor -> {
            if (trained.contains(tensor.spec())) {
              zeros.put(tensor.spec(), scope.tensor(tensor.values(), tensor.values().length));
            }
          });
    }
    return zeros;
  }

  private static void subtract(float[] zero, float[] values) {
    for (int j = 0; j < values.length; j++) {
      values[j] -= zero[j];
    }
  }

  /** Whether an alignment is due after the last step, in a training of this many steps. */
  boolean isDue(int steps) {
    return alignment.isDue(state.step(), steps);
  }

  /** Aligns the state and reports the conflicts that it found. */
  Conflicts align() {
    long inside = 0;
    long all = 0;
    long guarded = 0;
    for (Reference reference : references) {
      guarded += reference.guarded().count();
      int size = Math.toIntExact(reference.tensor().spec().size());
      for (int from = 0; from < size; from += BLOCK) {
        int length = Math.min(BLOCK, size - from);
        read(reference, from, length);
        all += conflicts(length);
        int reset = reset(reference.guarded(), from, length);
        inside += reset;
        if (reset > 0) {
          write(reference.tensor(), from, length);
        }
      }
    }
    return new Conflicts(
        state.step(),
        guarded == 0 ? 0 : (double) inside / guarded,
        (double) all / state.coordinates());
  }

  private void read(Reference reference, int from, int length) {
    reference.tensor().weights().read(from, weights, 0, length);
    reference.tensor().firstMoments().read(from, first, 0, length);
    reference.tensor().secondMoments().read(from, second, 0, length);
    reference.start().read(from, starts, 0, length);
    reference
        .zero()
        .ifPresentOrElse(
            zero -> zero.read(from, zeros, 0, length), () -> Arrays.fill(zeros, 0, length, 0));
  }

  private void write(Trained tensor, int from, int length) {
    tensor.weights().write(from, weights, 0, length);
    tensor.firstMoments().write(from, first, 0, length);
    tensor.secondMoments().write(from, second, 0, length);
  }

  private int conflicts(int length) {
    int count = 0;
    for (int j = 0; j < length; j++) {
      count += isConflict(j) ? 1 : 0;
    }
    return count;
  }

  private int reset(LargestEntries guarded, int from, int length) {
    int count = 0;
    for (int j = 0; j < length; j++) {
      if (isConflict(j) && guarded.contains(from + j, starts[j] - zeros[j])) {
        weights[j] = alignment.reset() == Alignment.Reset.GLOBAL ? starts[j] : zeros[j];
        first[j] = 0;
        second[j] = 0;
        count++;
      }
    }
    return count;
  }

  private boolean isConflict(int j) {
    return (weights[j] > zeros[j] && starts[j] < zeros[j])
        || (weights[j] < zeros[j] && starts[j] > zeros[j]);
  }
}
