/**
 * CLIP: pictures and texts in, unit vectors out.
 *
 * <p>{@link dev.braid.vlm.clip.Clip} is the model to use; {@link dev.braid.vlm.clip.ClipNetwork} is its
 * forward pass as a function of tensors by name, which training differentiates.
 */
@NullMarked
package dev.braid.vlm.clip;

import org.jspecify.annotations.NullMarked;
