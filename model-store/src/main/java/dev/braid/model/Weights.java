package dev.braid.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's tensors, read one at a time: a checkpoint, a stored base, an expert.
 *
 * <p>A reader needs memory for one tensor at a time, whatever the size of the model.
 */
public interface Weights {
  /** The tensors in reading order. */
  List<TensorSpec> tensors();

  /** Hands every tensor to the reader, in order. */
  void forEach(Reader reader) throws IOException;

  /**
   * One of the tensors. An implementation that need not read the others overrides this.
   *
   * @throws IllegalArgumentException if there is no tensor of this name
   */
  default NamedTensor tensor(String name) throws IOException {
    List<NamedTensor> found = new ArrayList<>();
    forEach(
        tensor -> {
          if (tensor.spec().name().equals(name)) {
            found.add(tensor);
          }
        });
    Check.argument(!found.isEmpty(), "Invalid tensor: %s (the model has none of this name)", name);
    return found.get(0);
  }

  /** Receives tensors. */
  @FunctionalInterface
  interface Reader {
    void accept(NamedTensor tensor) throws IOException;
  }
}
