/** The loops of the merge over coordinates: one interface, and plain loops for any JVM. */
@NullMarked
package dev.braid.merge.kernel;

import org.jspecify.annotations.NullMarked;
