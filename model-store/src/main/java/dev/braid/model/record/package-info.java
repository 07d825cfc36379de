/** The records that a store keeps as canonical JSON: what exists, and how it was created. */
@NullMarked
package dev.braid.model.record;

import org.jspecify.annotations.NullMarked;
