package dev.braid.vlm.train;

import dev.braid.model.Check;

/**
 * A picture to learn from.
 *
 * @param rowId its rank in the data set
 * @param label index of its class
 * @param encoded its file's bytes, which nobody changes any more
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Picture(long rowId, int label, byte[] encoded) {
  public Picture {
    Check.argument(rowId >= 0, "Invalid row id: %s (0 or more)", rowId);
    Check.argument(label >= 0, "Invalid label: %s (0 or more)", label);
  }
}
