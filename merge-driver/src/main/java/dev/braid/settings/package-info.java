/** Settings and task files in HOCON: read, checked at once, handed on as values. */
@NullMarked
package dev.braid.settings;

import org.jspecify.annotations.NullMarked;
