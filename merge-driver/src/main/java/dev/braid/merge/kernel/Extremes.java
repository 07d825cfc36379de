package dev.braid.merge.kernel;

/**
 * The sum, the largest and the smallest value of deltas, per coordinate of a row.
 *
 * @param at the index at which the block begins in these arrays
 */
@SuppressWarnings("ArrayRecordComponent") // a view for one call, never compared
public record Extremes(float[] sums, float[] highs, float[] lows, int at) {}
