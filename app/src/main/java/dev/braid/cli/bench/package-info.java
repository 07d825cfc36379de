/** The commands under {@code braid bench}. */
@NullMarked
package dev.braid.cli.bench;

import org.jspecify.annotations.NullMarked;
