/** Compares strategies: each learns a stream of tasks and is evaluated (METHODS 4 and 5). */
@NullMarked
package dev.braid.bench.stream;

import org.jspecify.annotations.NullMarked;
