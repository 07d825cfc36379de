/** The flow from inbox to version: the pipeline, what it takes next, what it lets through. */
@NullMarked
package dev.braid.driver;

import org.jspecify.annotations.NullMarked;
