/** Writes a report as files: a page for people, JSON and CSV for programs. */
@NullMarked
package dev.braid.report.page;

import org.jspecify.annotations.NullMarked;
