package dev.braid.merge;

/**
 * What a merge step makes of one row.
 *
 * @param row the row after the step
 * @param sums what the row adds to the sums of the step
 */
public record RowStep<R extends MergedRow>(R row, StepSums sums) {}
