/** Checks everything that a store holds, and repairs what is safe. */
@NullMarked
package dev.braid.jobs.fsck;

import org.jspecify.annotations.NullMarked;
