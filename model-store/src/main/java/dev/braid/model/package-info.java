/** The persisted nouns as values without I/O: what a store holds, and how its parts are named. */
@NullMarked
package dev.braid.model;

import org.jspecify.annotations.NullMarked;
