/**
 * CLIP directories of Hugging Face and OpenCLIP: configuration, tokenizer files, and where each of
 * the model's tensors is stored.
 *
 * <p>Start at {@link dev.braid.vlm.clip.checkpoint.ClipCheckpoint}.
 */
@NullMarked
package dev.braid.vlm.clip.checkpoint;

import org.jspecify.annotations.NullMarked;
