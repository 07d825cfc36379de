/**
 * CLIP: pictures and texts in, unit vectors out.
 *
 * <p>{@link dev.braid.vlm.Clip} is the model to use; {@link dev.braid.vlm.ClipNetwork} is its
 * forward pass as a function of tensors by name, which training differentiates.
 */
@NullMarked
package dev.braid.vlm;

import org.jspecify.annotations.NullMarked;
