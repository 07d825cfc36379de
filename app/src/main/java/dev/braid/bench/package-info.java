/** Measures Braid beside what others would use, in one run, and reports ratios. */
@NullMarked
package dev.braid.bench;

import org.jspecify.annotations.NullMarked;
