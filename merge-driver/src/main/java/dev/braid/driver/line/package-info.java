/** A line of versions: its head, its permanent properties, its waiting files, its next version. */
@NullMarked
package dev.braid.driver.line;

import org.jspecify.annotations.NullMarked;
