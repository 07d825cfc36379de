package dev.braid.vlm.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;

/** Names the format of a picture that is not read, and how to convert it. */
final class UnreadFormat {
  /** By what follows in a file of the ISO base media format. */
  private static final Map<String, String> BRANDS =
      Map.of("avif", "AVIF", "avis", "AVIF", "heic", "HEIC", "heix", "HEIC", "mif1", "HEIC");

  private UnreadFormat() {}

  /** Why these bytes are not decoded. */
  static String of(byte[] encoded) {
    String start = new String(encoded, 0, Math.min(12, encoded.length), ISO_8859_1);
    if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
      return named("a WebP");
    }
    if (start.startsWith("ftyp", 4) && BRANDS.containsKey(start.substring(8))) {
      return named("an " + BRANDS.get(start.substring(8)));
    }
    if (start.startsWith("jP  ", 4)) {
      return named("a JPEG 2000");
    }
    return encoded.length == 0
        ? "it is empty (0 bytes)"
        : "it is no picture of a known format (%s bytes)".formatted(encoded.length);
  }

  private static String named(String format) {
    return "it is %s, which Braid does not read (convert it, for instance: magick NAME NAME.png)"
        .formatted(format);
  }
}
