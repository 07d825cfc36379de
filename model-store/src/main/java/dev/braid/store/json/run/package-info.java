/** The JSON of what says how lines are worked on: runs and leases. */
@NullMarked
package dev.braid.store.json.run;

import org.jspecify.annotations.NullMarked;
