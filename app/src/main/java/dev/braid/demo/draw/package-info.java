/**
 * A small raster library: shapes as signed distances, paints, noise, and PNG bytes that are equal
 * on every machine.
 */
@NullMarked
package dev.braid.demo.draw;

import org.jspecify.annotations.NullMarked;
