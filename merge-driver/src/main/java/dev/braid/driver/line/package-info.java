/** A line of versions: where it stands, what it is for life, what waits for it, what comes next. */
@NullMarked
package dev.braid.driver.line;

import org.jspecify.annotations.NullMarked;
