/** Vectors as shards of rows: written, read and streamed, each checked against its digest. */
@NullMarked
package dev.braid.store.vector;

import org.jspecify.annotations.NullMarked;
