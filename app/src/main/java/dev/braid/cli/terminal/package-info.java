/** What all commands share: options, output, exit codes, and how a process ends. */
@NullMarked
package dev.braid.cli.terminal;

import org.jspecify.annotations.NullMarked;
