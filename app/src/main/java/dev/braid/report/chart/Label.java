package dev.braid.report.chart;

/**
 * What is said of a chart to those who cannot see it.
 *
 * @param title what it shows
 * @param description what can be seen in it, or where its numbers stand
 */
public record Label(String title, String description) {}
