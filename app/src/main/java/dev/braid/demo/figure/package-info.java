/** The drawable motifs: figures, patterns, digits and things, by name, without a style. */
@NullMarked
package dev.braid.demo.figure;

import org.jspecify.annotations.NullMarked;
