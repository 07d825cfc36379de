/** The command line: one class a command. */
@NullMarked
package dev.braid.cli;

import org.jspecify.annotations.NullMarked;
