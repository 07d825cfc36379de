package dev.braid.vlm.train;

import dev.braid.model.Check;

/**
 * A labelled image of a data set.
 *
 * @param rowId its rank in the data set
 * @param label the index of its class
 * @param encoded the bytes of its file, which must not change
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Picture(long rowId, int label, byte[] encoded) {
  public Picture {
    Check.argument(rowId >= 0, "Invalid row id: %s (0 or more)", rowId);
    Check.argument(label >= 0, "Invalid label: %s (0 or more)", label);
  }
}
