/** The safe keeping of the persisted nouns: objects, blobs, receipts, lines of versions, inbox. */
@NullMarked
package dev.braid.store;

import org.jspecify.annotations.NullMarked;
