/** Deletes the files of a store that no version needs any more. */
@NullMarked
package dev.braid.store.gc;

import org.jspecify.annotations.NullMarked;
