/**
 * The loops of the merge on vectors.
 *
 * <p>{@code jdk.incubator.vector} is an incubating module, of which javac warns and cannot be told
 * not to: this package is compiled by itself, where warnings are no errors. It is used where Java
 * was started with the module.
 */
@NullMarked
package dev.braid.merge.vector;

import org.jspecify.annotations.NullMarked;
