/**
 * A server that answers pictures over HTTP with the versions of a store.
 *
 * <p>Start at {@link dev.braid.serving.BraidServer}.
 */
@NullMarked
package dev.braid.serving;

import org.jspecify.annotations.NullMarked;
