/** Measures Braid and its alternatives in one run and reports ratios. */
@NullMarked
package dev.braid.bench;

import org.jspecify.annotations.NullMarked;
