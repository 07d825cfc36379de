/** Charts as SVG that a page can hold: the only place that knows the library which draws them. */
@NullMarked
package dev.braid.report.chart;

import org.jspecify.annotations.NullMarked;
