/** The flow from inbox to version: the pipeline and its stages. */
@NullMarked
package dev.braid.driver;

import org.jspecify.annotations.NullMarked;
