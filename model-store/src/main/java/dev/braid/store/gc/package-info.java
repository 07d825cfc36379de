/** Deletes what a store has no more use for. */
@NullMarked
package dev.braid.store.gc;

import org.jspecify.annotations.NullMarked;
