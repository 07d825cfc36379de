package dev.braid.demo.draw;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * Writes PNG files without compression.
 *
 * <p>A picture's bytes are part of its data set's digest, and compressors differ between builds of
 * zlib. Uncompressed blocks have the same bytes everywhere; a picture of 32 × 32 pixels takes 3 kB.
 */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int CHUNK_FRAME = 12;

  private Png() {}

  /** The file of a square picture, given as red, green and blue of every pixel, row by row. */
  static byte[] encode(int side, byte[] rgb) {
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(side)
            .putInt(side)
            .put(new byte[] {8, 2, 0, 0, 0}) // 8 bits, RGB, no options
            .array();
    byte[] pixels = zlib(rows(side, rgb));
    ByteBuffer file =
        ByteBuffer.allocate(SIGNATURE.length + 3 * CHUNK_FRAME + header.length + pixels.length);
    file.put(SIGNATURE);
    chunk(file, "IHDR", header);
    chunk(file, "IDAT", pixels);
    chunk(file, "IEND", new byte[0]);
    return file.array();
  }

  /** Every row, preceded by the byte for "no filter". */
  private static byte[] rows(int side, byte[] rgb) {
    ByteBuffer rows = ByteBuffer.allocate(side * (1 + 3 * side));
    for (int row = 0; row < side; row++) {
      rows.put((byte) 0).put(rgb, row * 3 * side, 3 * side);
    }
    return rows.array();
  }

  /** One uncompressed block: at most 65,535 bytes, which is 147 pixels per side. */
  private static byte[] zlib(byte[] content) {
    Adler32 sum = new Adler32();
    sum.update(content);
    short length = (short) content.length;
    return ByteBuffer.allocate(content.length + 11)
        .put(new byte[] {0x78, 0x01, 1})
        .putShort(Short.reverseBytes(length))
        .putShort(Short.reverseBytes((short) ~length))
        .put(content)
        .putInt((int) sum.getValue())
        .array();
  }

  private static void chunk(ByteBuffer file, String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content);
    file.putInt(content.length).put(name).put(content).putInt((int) sum.getValue());
  }
}
