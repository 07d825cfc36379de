package dev.braid.jobs.source;

import java.io.Serializable;

/**
 * A row of a source, as an executor read it.
 *
 * @param picture the encoded bytes; empty if the row has none that can be used
 * @param failure why not; empty if it has
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SourceRow(ListedPicture listed, byte[] picture, String failure)
    implements Serializable {
  /** A row with its picture, not decoded yet. */
  public static SourceRow of(ListedPicture listed, byte[] picture) {
    return new SourceRow(listed, picture, "");
  }

  /** A row that cannot be used. */
  public static SourceRow unusable(ListedPicture listed, String failure) {
    return new SourceRow(listed, new byte[0], failure);
  }
}
