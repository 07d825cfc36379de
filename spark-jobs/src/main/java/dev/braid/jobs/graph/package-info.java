/** What names what among the objects of a store. */
@NullMarked
package dev.braid.jobs.graph;

import org.jspecify.annotations.NullMarked;
