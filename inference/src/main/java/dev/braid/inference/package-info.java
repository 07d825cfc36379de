/**
 * Classification of images with a version, without Spark: weights by digest, models in memory,
 * routing, and the logits of an ensemble over a label space.
 */
@NullMarked
package dev.braid.inference;

import org.jspecify.annotations.NullMarked;
