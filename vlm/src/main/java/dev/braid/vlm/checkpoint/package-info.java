/** Hugging Face CLIP directories: configuration, tensors by name, and safetensors in and out. */
@NullMarked
package dev.braid.vlm.checkpoint;

import org.jspecify.annotations.NullMarked;
