/**
 * Strategies that learn a stream of tasks, and their measurement side by side (METHODS 4 and 5).
 *
 * <p>{@link Strategies} lists them all.
 */
@NullMarked
package dev.braid.bench.stream;

import org.jspecify.annotations.NullMarked;
