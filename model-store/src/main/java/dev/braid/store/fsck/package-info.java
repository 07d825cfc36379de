/** Checks all files of a store, and repairs what can be repaired safely. */
@NullMarked
package dev.braid.store.fsck;

import org.jspecify.annotations.NullMarked;
