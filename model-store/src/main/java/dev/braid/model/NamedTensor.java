package dev.braid.model;

/**
 * One tensor with its values in row-major order.
 *
 * <p>The array is handed over, not copied: the receiver may keep it, the giver must not use it
 * again.
 */
@SuppressWarnings(
    "ArrayRecordComponent") // handed over once, never compared; a copy would double it
public record NamedTensor(TensorSpec spec, float[] values) {
  public NamedTensor {
    Check.argument(
        values.length == spec.size(),
        "Invalid tensor %s: %s values (its shape %s needs %s)",
        spec.name(),
        values.length,
        spec.shape(),
        spec.size());
  }
}
