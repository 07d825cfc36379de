/** The loops of the merge over coordinates: one interface, and what any Java runs. */
@NullMarked
package dev.braid.merge.kernel;

import org.jspecify.annotations.NullMarked;
