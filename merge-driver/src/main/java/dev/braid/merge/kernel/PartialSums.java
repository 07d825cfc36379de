package dev.braid.merge.kernel;

/**
 * Room for the partial sums of tasks: task t's {@link Kernel#PARTIALS} begin at {@code at} plus t
 * times their number.
 */
@SuppressWarnings("ArrayRecordComponent") // a view for one call, never compared
public record PartialSums(double[] sums, int at) {}
