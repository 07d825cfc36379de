/** Changes what a line has learned: rollback, removal, requeueing, purge. */
@NullMarked
package dev.braid.driver.history;

import org.jspecify.annotations.NullMarked;
