/** Evaluates a candidate and decides whether it may become a version. */
@NullMarked
package dev.braid.driver.gate;

import org.jspecify.annotations.NullMarked;
