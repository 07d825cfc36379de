/**
 * CLIP as a function of its tensors, its encoder, and its contrastive training.
 *
 * <p>{@link dev.braid.vlm.clip.ClipFamily} is the entry for other modules; {@link
 * dev.braid.vlm.clip.ClipNetwork} is the forward pass, which training differentiates.
 */
@NullMarked
package dev.braid.vlm.clip;

import org.jspecify.annotations.NullMarked;
