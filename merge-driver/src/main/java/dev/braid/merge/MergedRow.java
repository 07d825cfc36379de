package dev.braid.merge;

/** What a version holds of one row of coordinates, whatever its truth. */
public sealed interface MergedRow permits DecoupledRow, DeltasRow {
  /** The unified delta u; every zero in it is +0. */
  float[] unified();

  /** The number of tasks merged so far. */
  int tasks();

  /** The mask of a task, counted from 0 in version order: where it still agrees with u. */
  byte[] mask(int task);
}
