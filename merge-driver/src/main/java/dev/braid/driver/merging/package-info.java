/** Merges as Spark jobs, and the candidates that they result in. */
@NullMarked
package dev.braid.driver.merging;

import org.jspecify.annotations.NullMarked;
