package dev.braid.serving.http;

import dev.braid.serving.api.RefusedRequestException;
import dev.braid.serving.api.Route;
import java.util.Locale;

/** Which media types a route takes; a request without one is taken at its word. */
final class BodyType {
  private static final String FORM = "multipart/form-data";
  private static final String BYTES = "application/octet-stream";

  private BodyType() {}

  static boolean isForm(String contentType) {
    return mediaType(contentType).equals(FORM);
  }

  private static String mediaType(String contentType) {
    return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** Refuses a media type that a route does not take. */
  static void check(Route.Body body, String contentType) {
    String type = mediaType(contentType);
    boolean isTaken = type.isEmpty() || type.equals(BYTES);
    if (body == Route.Body.PICTURE) {
      if (!isTaken && !type.equals(FORM) && !type.startsWith("image/")) {
        throw new RefusedRequestException(
            415,
            "Cannot read this media type (send the picture as image/* or application/octet-stream,"
                + " or a multipart/form-data with it)");
      }
    } else if (!isTaken && !type.equals("application/json")) {
      throw new RefusedRequestException(415, "Cannot read this media type (send application/json)");
    }
  }
}
