package dev.braid.merge.kernel;

/**
 * The row of a merge step.
 *
 * @param unified the unified delta before the step
 * @param delta the new task's delta
 * @param next the unified delta after the step; its zeros are +0
 * @param at the index at which the block begins in these arrays
 */
@SuppressWarnings("ArrayRecordComponent") // a view for one call, never compared
public record StepRow(float[] unified, float[] delta, float[] next, int at) {}
