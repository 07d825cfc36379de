package dev.braid.bench.merge;

import dev.braid.bench.Python;
import dev.braid.bench.merge.PyTorchSide.Allocator;
import java.io.IOException;
import java.util.Optional;

/** PyTorch with the allocator's defaults and with a tuned allocator; neither without a Python. */
final class PyTorchSides implements AutoCloseable {
  private final Optional<PyTorchSide> usual;
  private final Optional<PyTorchSide> tuned;

  private PyTorchSides(Optional<PyTorchSide> usual, Optional<PyTorchSide> tuned) {
    this.usual = usual;
    this.tuned = tuned;
  }

  static PyTorchSides start(Optional<Python> python, MergeTrial trial) throws IOException {
    if (python.isEmpty()) {
      return new PyTorchSides(Optional.empty(), Optional.empty());
    }
    return new PyTorchSides(
        Optional.of(PyTorchSide.start(python.get(), trial, Allocator.DEFAULT)),
        Optional.of(PyTorchSide.start(python.get(), trial, Allocator.TUNED)));
  }

  /** The measurements of the process with the allocator's defaults. */
  Optional<PyTorchSide> usual() {
    return usual;
  }

  /** The measurements of the process with the tuned allocator. */
  Optional<PyTorchSide> tuned() {
    return tuned;
  }

  @Override
  public void close() {
    usual.ifPresent(PyTorchSide::close);
    tuned.ifPresent(PyTorchSide::close);
  }
}
