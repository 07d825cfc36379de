/** The canonical JSON of the persisted nouns: one parser per noun, the same bytes everywhere. */
@NullMarked
package dev.braid.store.json;

import org.jspecify.annotations.NullMarked;
