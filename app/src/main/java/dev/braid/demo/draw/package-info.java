/**
 * A small raster: shapes as signed distances, paints, noise, and PNG bytes that are equal
 * everywhere.
 */
@NullMarked
package dev.braid.demo.draw;

import org.jspecify.annotations.NullMarked;
