/**
 * Routing by statistics and answers that are probabilities (METHODS 2.8, docs/routing.md): pure
 * arithmetic on the base's features and on the cosines of experts.
 *
 * <p>All results are the same bits on every machine: sums have a fixed order, and functions are
 * those of {@link java.lang.StrictMath}.
 */
@NullMarked
package dev.braid.inference.statistics;

import org.jspecify.annotations.NullMarked;
