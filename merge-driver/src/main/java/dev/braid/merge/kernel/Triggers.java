package dev.braid.merge.kernel;

/**
 * The triggers of tasks in a block.
 *
 * @param lambdas per task its rescaler, in version order
 * @param masks per task its mask, whose words begin at t times {@link Kernel#WORDS}
 */
@SuppressWarnings("ArrayRecordComponent") // a view for one call, never compared
public record Triggers(float[] lambdas, long[] masks) {}
