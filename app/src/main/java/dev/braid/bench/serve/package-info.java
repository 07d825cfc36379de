/** Comparison of answers over HTTP with answers in a loop. */
@NullMarked
package dev.braid.bench.serve;

import org.jspecify.annotations.NullMarked;
