/** Settings and task files in HOCON, read and checked at once, as values. */
@NullMarked
package dev.braid.settings;

import org.jspecify.annotations.NullMarked;
