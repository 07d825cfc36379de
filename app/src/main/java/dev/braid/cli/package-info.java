/** The command line: one class per command. */
@NullMarked
package dev.braid.cli;

import org.jspecify.annotations.NullMarked;
