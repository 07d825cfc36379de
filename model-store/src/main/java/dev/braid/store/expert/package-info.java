/** Experts as tensors: the base plus a delta, decoupled or adapted, read as a stream. */
@NullMarked
package dev.braid.store.expert;

import org.jspecify.annotations.NullMarked;
