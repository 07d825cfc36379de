/** What names what among the objects of a store. */
@NullMarked
package dev.braid.store.references;

import org.jspecify.annotations.NullMarked;
