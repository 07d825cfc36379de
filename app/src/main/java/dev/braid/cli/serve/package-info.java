/** {@code braid serve}. */
@NullMarked
package dev.braid.cli.serve;

import org.jspecify.annotations.NullMarked;
