/** What operators see and steer of runs: outcomes, leases, plans. */
@NullMarked
package dev.braid.driver.operation;

import org.jspecify.annotations.NullMarked;
