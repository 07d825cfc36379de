/** The command that classifies files without Spark, and how it prints the answers. */
@NullMarked
package dev.braid.cli.classify;

import org.jspecify.annotations.NullMarked;
