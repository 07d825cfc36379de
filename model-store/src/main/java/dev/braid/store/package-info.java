/** Stores the persisted nouns safely: objects, blobs, receipts, lines of versions, the inbox. */
@NullMarked
package dev.braid.store;

import org.jspecify.annotations.NullMarked;
