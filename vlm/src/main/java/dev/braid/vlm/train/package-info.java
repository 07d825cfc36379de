/**
 * Fine-tuning: sampling, loss, optimiser, schedule and the state that survives a restart.
 *
 * <p>Start at {@link dev.braid.vlm.train.FineTuning}.
 */
@NullMarked
package dev.braid.vlm.train;

import org.jspecify.annotations.NullMarked;
