package dev.braid.vlm.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** These bytes are no picture that can be read: leave it out and tell. */
public final class UndecodableImageException extends IOException {
  UndecodableImageException(String why) {
    this(why, null);
  }

  UndecodableImageException(String why, @Nullable Throwable cause) {
    super("Cannot decode the picture: " + why, cause);
  }
}
