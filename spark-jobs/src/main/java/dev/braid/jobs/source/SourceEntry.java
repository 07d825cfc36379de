package dev.braid.jobs.source;

import java.time.Instant;

/**
 * An entry of a folder in a source; its links are followed.
 *
 * @param bytes its length; 0 if it is no file
 * @param modified when it was last written; the epoch if it is no file
 */
public record SourceEntry(String name, Kind kind, long bytes, Instant modified) {
  /** What an entry is. */
  public enum Kind {
    FOLDER,
    FILE,
    /** A link to nothing, or back to itself. */
    BROKEN_LINK,
    /** It may not be looked at. */
    CLOSED,
    /** A pipe, socket or device: opening it might wait for ever. */
    SPECIAL
  }

  static SourceEntry of(String name, Kind kind) {
    return new SourceEntry(name, kind, 0, Instant.EPOCH);
  }
}
