/** Checks everything that a store holds, and repairs what is safe. */
@NullMarked
package dev.braid.store.fsck;

import org.jspecify.annotations.NullMarked;
