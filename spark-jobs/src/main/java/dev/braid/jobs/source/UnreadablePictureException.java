package dev.braid.jobs.source;

import java.io.IOException;

/** A picture is not there, or may not be read: report it and go on with the others. */
public final class UnreadablePictureException extends IOException {
  public UnreadablePictureException(String why) {
    super("Cannot read the picture: " + why);
  }
}
