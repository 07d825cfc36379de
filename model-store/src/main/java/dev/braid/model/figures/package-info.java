/** Measurements: scores, the health of a merge, the input of the gate. */
@NullMarked
package dev.braid.model.figures;

import org.jspecify.annotations.NullMarked;
