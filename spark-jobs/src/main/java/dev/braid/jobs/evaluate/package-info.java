/** Measures classifiers on evaluation sets, from stored features. */
@NullMarked
package dev.braid.jobs.evaluate;

import org.jspecify.annotations.NullMarked;
