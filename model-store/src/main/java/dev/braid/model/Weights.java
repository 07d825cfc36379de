package dev.braid.model;

import java.io.IOException;
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

  /** Receives tensors. */
  @FunctionalInterface
  interface Reader {
    void accept(NamedTensor tensor) throws IOException;
  }
}
