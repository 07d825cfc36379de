package dev.braid.merge.kernel;

/**
 * Decoupled magnitudes of a block over all tasks, per coordinate.
 *
 * @param sums of all tasks' magnitudes, added in version order
 * @param largest of all tasks' magnitudes
 */
@SuppressWarnings("ArrayRecordComponent") // work space, never compared
public record Decoupled(float[] sums, float[] largest) {}
