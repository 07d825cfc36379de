/**
 * The stored form of the persisted nouns: one parser per noun, the same bytes everywhere. It is
 * canonical JSON, except for a task's statistics.
 */
@NullMarked
package dev.braid.store.json;

import org.jspecify.annotations.NullMarked;
