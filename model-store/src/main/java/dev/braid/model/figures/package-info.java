/** What was measured: scores, the health of a merge, what the gate decided by. */
@NullMarked
package dev.braid.model.figures;

import org.jspecify.annotations.NullMarked;
