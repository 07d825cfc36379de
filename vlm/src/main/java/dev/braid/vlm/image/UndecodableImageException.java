package dev.braid.vlm.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An image cannot be decoded: leave it out and report it. */
public final class UndecodableImageException extends IOException {
  UndecodableImageException(String why) {
    this(why, null);
  }

  UndecodableImageException(String why, @Nullable Throwable cause) {
    super("Cannot decode the picture: " + why, cause);
  }
}
