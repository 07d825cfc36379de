package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.TensorSpec;
import java.util.List;

/**
 * Where the values of one of the model's tensors are stored.
 *
 * @param stored the tensor that holds them, with its name and shape in the checkpoint
 * @param start the index of the first value, in row-major order
 * @param transposed whether a stored row is a column of the model's tensor
 */
record TensorSource(TensorSpec stored, long start, boolean transposed) {
  /** The whole of a stored tensor of the same shape. */
  static TensorSource whole(String stored, TensorSpec tensor) {
    return new TensorSource(new TensorSpec(stored, tensor.shape()), 0, false);
  }

  /** One of three tensors that are stacked along the first axis. */
  static TensorSource third(String stored, TensorSpec tensor, int index) {
    long[] sides = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    sides[0] *= 3;
    return new TensorSource(TensorSpec.of(stored, sides), index * tensor.size(), false);
  }

  /** A matrix that is stored transposed. */
  static TensorSource transposed(String stored, TensorSpec tensor) {
    return new TensorSource(
        TensorSpec.of(stored, tensor.shape().get(1), tensor.shape().get(0)), 0, true);
  }

  /** Rearranges the values that were read in the order of the model's tensor. */
  float[] arrange(float[] read) {
    if (!transposed) {
      return read;
    }
    List<Long> sides = stored.shape();
    int rows = Math.toIntExact(sides.get(0));
    int columns = Math.toIntExact(sides.get(1));
    float[] values = new float[read.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[column * rows + row] = read[row * columns + column];
      }
    }
    return values;
  }
}
