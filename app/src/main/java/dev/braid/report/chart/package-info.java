/** Charts as SVG elements for a page. Only this package uses the chart library. */
@NullMarked
package dev.braid.report.chart;

import org.jspecify.annotations.NullMarked;
