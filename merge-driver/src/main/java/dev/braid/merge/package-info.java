/**
 * The arithmetic of ConDU on rows of coordinates (METHODS 2.2 to 2.5): the merge step of a row, the
 * sums for the rescalers, and the rescalers. Uses no files and no tensor engine.
 */
@NullMarked
package dev.braid.merge;

import org.jspecify.annotations.NullMarked;
