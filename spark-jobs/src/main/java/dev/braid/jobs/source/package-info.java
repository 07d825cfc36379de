/** Sources of pictures: how they are listed and read, and which paths may be read. */
@NullMarked
package dev.braid.jobs.source;

import org.jspecify.annotations.NullMarked;
