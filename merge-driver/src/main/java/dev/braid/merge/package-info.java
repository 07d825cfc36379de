/**
 * The arithmetic of ConDU on rows of coordinates (METHODS 2.2 to 2.5): what a merge step makes of a
 * row, the sums that rescalers need, and the rescalers. No files, no engine.
 */
@NullMarked
package dev.braid.merge;

import org.jspecify.annotations.NullMarked;
