/**
 * Compares the merge with the simplest loops, with mere summing, with plain files and with PyTorch.
 */
@NullMarked
package dev.braid.bench.merge;

import org.jspecify.annotations.NullMarked;
