/** Measures how the cost of an evaluation grows with the tasks, on made-up features. */
@NullMarked
package dev.braid.bench.evaluate;

import org.jspecify.annotations.NullMarked;
