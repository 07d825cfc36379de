/** The canonical JSON of what was measured: scores, the gate's decisions, the health of merges. */
@NullMarked
package dev.braid.store.json.figures;

import org.jspecify.annotations.NullMarked;
