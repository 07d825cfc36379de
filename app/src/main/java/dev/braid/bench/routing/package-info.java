/** Measures routing by statistics without training anything. */
@NullMarked
package dev.braid.bench.routing;

import org.jspecify.annotations.NullMarked;
