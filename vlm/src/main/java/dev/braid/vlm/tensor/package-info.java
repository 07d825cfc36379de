/**
 * Tensors, gradients and a model's layers: the only package that uses DJL's engine, with
 * workarounds for its traps.
 *
 * <p>A {@link dev.braid.vlm.tensor.Scope} owns and frees every {@link dev.braid.vlm.tensor.Tensor};
 * {@link dev.braid.vlm.tensor.Gradients} differentiates. No type of the engine leaves this package.
 */
@NullMarked
package dev.braid.vlm.tensor;

import org.jspecify.annotations.NullMarked;
