/**
 * The API for programs on the JVM: pictures in, labels with probabilities out, without Spark.
 *
 * <p>Start at {@link dev.braid.inference.classify.BraidModel}.
 */
@NullMarked
package dev.braid.inference.classify;

import org.jspecify.annotations.NullMarked;
