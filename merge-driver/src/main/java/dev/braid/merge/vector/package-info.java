/**
 * The loops of the merge on vectors.
 *
 * <p>{@code jdk.incubator.vector} is an incubating module. Javac warns of it, and the warning
 * cannot be suppressed, so this package is compiled separately, where warnings are not errors. It
 * is used if the JVM was started with the module.
 */
@NullMarked
package dev.braid.merge.vector;

import org.jspecify.annotations.NullMarked;
