/** Arithmetic that blends several deltas into one, one file per method (METHODS 4). */
@NullMarked
package dev.braid.merge.blend;

import org.jspecify.annotations.NullMarked;
