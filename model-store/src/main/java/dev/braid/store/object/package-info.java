/** Immutable content, named by the SHA-256 of its bytes, and its deletion. */
@NullMarked
package dev.braid.store.object;

import org.jspecify.annotations.NullMarked;
