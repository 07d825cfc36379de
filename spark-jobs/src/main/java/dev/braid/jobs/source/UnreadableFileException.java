package dev.braid.jobs.source;

import java.io.IOException;

/** A file or folder of a source cannot be read for a reason that lies in it. */
public final class UnreadableFileException extends IOException {
  public static final String DENIED = "permission denied";

  private static final long serialVersionUID = 1L;

  /**
   * Why it cannot be read.
   *
   * @param why a clause such as "it is a folder"
   */
  public UnreadableFileException(String why) {
    super(why);
  }

  /** The clause. */
  public String why() {
    return String.valueOf(getMessage());
  }
}
