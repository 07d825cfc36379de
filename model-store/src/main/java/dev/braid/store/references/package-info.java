/** The references among the files and objects of a store. */
@NullMarked
package dev.braid.store.references;

import org.jspecify.annotations.NullMarked;
