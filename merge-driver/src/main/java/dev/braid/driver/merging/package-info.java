/** Merges as Spark jobs: what each strategy of a line makes of a trained task. */
@NullMarked
package dev.braid.driver.merging;

import org.jspecify.annotations.NullMarked;
