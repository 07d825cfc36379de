/**
 * What all commands share: options, output, exit codes, and the handling of failures and signals.
 */
@NullMarked
package dev.braid.cli.terminal;

import org.jspecify.annotations.NullMarked;
