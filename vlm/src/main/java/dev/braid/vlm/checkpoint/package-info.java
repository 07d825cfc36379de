/** Checkpoint directories of any model: safetensors in and out, shards, and checked JSON fields. */
@NullMarked
package dev.braid.vlm.checkpoint;

import org.jspecify.annotations.NullMarked;
