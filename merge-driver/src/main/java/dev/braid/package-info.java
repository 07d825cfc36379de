/** Braid as programs open it: one façade over the store, its lines and the driver. */
@NullMarked
package dev.braid;

import org.jspecify.annotations.NullMarked;
