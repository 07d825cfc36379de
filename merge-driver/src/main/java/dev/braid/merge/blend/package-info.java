/** Merges that make one delta of several, one file a strategy (METHODS 4); arithmetic alone. */
@NullMarked
package dev.braid.merge.blend;

import org.jspecify.annotations.NullMarked;
