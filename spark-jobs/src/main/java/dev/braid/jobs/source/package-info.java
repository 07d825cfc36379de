/** Where pictures come from: sources that list them, and what may be read. */
@NullMarked
package dev.braid.jobs.source;

import org.jspecify.annotations.NullMarked;
