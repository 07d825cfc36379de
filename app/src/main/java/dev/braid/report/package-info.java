/** What people and programs read about a line: matrices, metrics, tables, JSON. */
@NullMarked
package dev.braid.report;

import org.jspecify.annotations.NullMarked;
