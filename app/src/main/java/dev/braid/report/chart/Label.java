package dev.braid.report.chart;

/**
 * The text alternative of a chart, for screen readers.
 *
 * @param title what the chart shows
 * @param description the content of the chart, or where to find its numbers
 */
public record Label(String title, String description) {}
