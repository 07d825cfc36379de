package dev.braid.jobs.dataset;

import java.util.Arrays;
import java.util.HexFormat;

/** The kind of an encoded picture, determined by its first bytes. */
enum PictureKind {
  JPEG("jpg", "ffd8ff"),
  PNG("png", "89504e47"),
  GIF("gif", "47494638"),
  BMP("bmp", "424d"),
  TIFF("tif", "49492a00"),
  BIG_ENDIAN_TIFF("tif", "4d4d002a"),
  OTHER("img", "");

  private static final int LONGEST = 4;

  private final String extension;
  private final String prefix;

  PictureKind(String extension, String prefix) {
    this.extension = extension;
    this.prefix = prefix;
  }

  /** The kind of these bytes. */
  static PictureKind of(byte[] encoded) {
    String found = HexFormat.of().formatHex(encoded, 0, Math.min(LONGEST, encoded.length));
    return Arrays.stream(values())
        .filter(kind -> found.startsWith(kind.prefix))
        .findFirst()
        .orElse(OTHER);
  }

  /** The usual file extension. */
  String extension() {
    return extension;
  }
}
