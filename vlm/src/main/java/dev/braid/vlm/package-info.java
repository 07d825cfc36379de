/**
 * The API of the vision-language models: checkpoint in, unit vectors or a trained delta out.
 *
 * <p>Start at {@link dev.braid.vlm.ModelFamily}. Callers in other modules use these types; CLIP,
 * the one implementation, is in {@code dev.braid.vlm.clip}.
 */
@NullMarked
package dev.braid.vlm;

import org.jspecify.annotations.NullMarked;
