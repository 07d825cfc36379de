/** The command line: commands, settings and exit codes. */
@NullMarked
package dev.braid.cli;

import org.jspecify.annotations.NullMarked;
