/**
 * Training of any model: sampling, optimizer, schedule, alignment, and the state that survives a
 * restart.
 *
 * <p>Start at {@link dev.braid.vlm.train.FineTuning}. A model family supplies the loss, as an
 * {@link dev.braid.vlm.train.Objective}.
 */
@NullMarked
package dev.braid.vlm.train;

import org.jspecify.annotations.NullMarked;
