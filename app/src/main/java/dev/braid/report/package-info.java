/** Reports on a line for people and programs: matrices, metrics, tables, JSON. */
@NullMarked
package dev.braid.report;

import org.jspecify.annotations.NullMarked;
