package dev.braid.jobs.source;

import java.io.Serializable;

/**
 * A row of a source, as an executor read it.
 *
 * @param picture the encoded bytes, not decoded yet; empty if there is a fault
 * @param failure what the fault is; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SourceRow(ListedPicture listed, byte[] picture, Fault fault, String failure)
    implements Serializable {
  /** Why a row cannot be used. */
  public enum Fault {
    NONE,
    /** It lacks its picture, its label or its split. */
    INCOMPLETE,
    /** The file of its picture cannot be read. */
    UNREADABLE
  }

  /** A row with its picture. */
  public static SourceRow of(ListedPicture listed, byte[] picture) {
    return new SourceRow(listed, picture, Fault.NONE, "");
  }

  /** A row whose picture is a file. */
  public static SourceRow read(ListedPicture listed, PictureReading reading) {
    try {
      return of(listed, reading.read(listed));
    } catch (UnreadablePictureException e) {
      return new SourceRow(listed, new byte[0], Fault.UNREADABLE, String.valueOf(e.getMessage()));
    }
  }

  /** A row that lacks something. */
  public static SourceRow incomplete(ListedPicture listed, String failure) {
    return new SourceRow(listed, new byte[0], Fault.INCOMPLETE, failure);
  }
}
