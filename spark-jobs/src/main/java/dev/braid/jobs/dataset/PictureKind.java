package dev.braid.jobs.dataset;

import java.util.Arrays;
import java.util.HexFormat;

/** The kind of an encoded picture, told by its first bytes. */
enum PictureKind {
  JPEG("jpg", "ffd8ff"),
  PNG("png", "89504e47"),
  OTHER("img", "");

  private static final int LONGEST = 4;

  private final String extension;
  private final String begin;

  PictureKind(String extension, String begin) {
    this.extension = extension;
    this.begin = begin;
  }

  /** The kind of these bytes. */
  static PictureKind of(byte[] encoded) {
    String found = HexFormat.of().formatHex(encoded, 0, Math.min(LONGEST, encoded.length));
    return Arrays.stream(values())
        .filter(kind -> found.startsWith(kind.begin))
        .findFirst()
        .orElse(OTHER);
  }

  /** The usual file extension. */
  String extension() {
    return extension;
  }
}
