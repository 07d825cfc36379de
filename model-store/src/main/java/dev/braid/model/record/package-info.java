/** The records that a store keeps as canonical JSON: what exists, and what it was made from. */
@NullMarked
package dev.braid.model.record;

import org.jspecify.annotations.NullMarked;
