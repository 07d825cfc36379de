package dev.braid.vlm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** A PNG that says how it is to be turned. */
public final class TurnedPng {
  private static final int AFTER_HEADER = 33;

  private TurnedPng() {}

  /** A copy of a PNG with this EXIF orientation, 1 to 8. */
  public static byte[] of(byte[] png, int orientation) {
    byte[] exif =
        ByteBuffer.allocate(30)
            .put("eXIfMM".getBytes(US_ASCII))
            .putShort((short) 42)
            .putInt(8)
            .putShort((short) 1)
            .putShort((short) 0x0112)
            .putShort((short) 3)
            .putInt(1)
            .putShort((short) orientation)
            .putShort((short) 0)
            .array();
    CRC32 sum = new CRC32();
    sum.update(exif);
    return ByteBuffer.allocate(png.length + exif.length + 8)
        .put(png, 0, AFTER_HEADER)
        .putInt(exif.length - 4)
        .put(exif)
        .putInt((int) sum.getValue())
        .put(png, AFTER_HEADER, png.length - AFTER_HEADER)
        .array();
  }
}
