/**
 * Tensors and gradients: the only place that touches DJL's engine, with its traps fenced.
 *
 * <p>A {@link dev.braid.vlm.tensor.Tensor} lives in a {@link dev.braid.vlm.tensor.Scope}, which
 * frees it; {@link dev.braid.vlm.tensor.Gradients} differentiates. No type of the engine leaves
 * this package.
 */
@NullMarked
package dev.braid.vlm.tensor;

import org.jspecify.annotations.NullMarked;
