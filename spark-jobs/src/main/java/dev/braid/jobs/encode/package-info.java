/** Encodes pictures and class names into stored features, and computes prototypes from them. */
@NullMarked
package dev.braid.jobs.encode;

import org.jspecify.annotations.NullMarked;
