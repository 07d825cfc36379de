/** Pictures and class names to stored features, and the prototypes made from them. */
@NullMarked
package dev.braid.jobs.encode;

import org.jspecify.annotations.NullMarked;
