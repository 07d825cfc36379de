/** The rule by which a version answers pictures, found from stored features (METHODS 2.8). */
@NullMarked
package dev.braid.jobs.rule;

import org.jspecify.annotations.NullMarked;
