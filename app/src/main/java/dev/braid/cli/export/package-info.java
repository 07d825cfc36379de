/** The command that writes experts for other programs, and what it writes beside the weights. */
@NullMarked
package dev.braid.cli.export;

import org.jspecify.annotations.NullMarked;
