package dev.braid.jobs.source;

import java.io.IOException;

/** A file or folder of a source cannot be read for a reason that lies in it. */
final class UnreadableFileException extends IOException {
  static final String DENIED = "permission denied";

  private static final long serialVersionUID = 1L;

  /**
   * Why it cannot be read.
   *
   * @param why a clause such as "it is a folder"
   */
  UnreadableFileException(String why) {
    super(why);
  }

  /** The clause. */
  String why() {
    return String.valueOf(getMessage());
  }
}
