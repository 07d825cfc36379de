package dev.braid.vlm.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes PNGs of any kind, byte by byte, as the format's specification says. */
final class Pngs {
  static final int GRAY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GRAY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private Pngs() {}

  /**
   * A PNG whose rows are these bytes, stored without a filter.
   *
   * @param before chunks between the header and the data
   */
  static byte[] png(int width, int height, int depth, int type, byte[] before, int... rows) {
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) depth)
            .put((byte) type)
            .put(new byte[3])
            .array();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int length = rows.length / height;
    for (int i = 0; i < rows.length; i++) {
      if (i % length == 0) {
        data.write(0);
      }
      data.write(rows[i]);
    }
    return joined(
        SIGNATURE,
        chunk("IHDR", header),
        before,
        chunk("IDAT", deflated(data.toByteArray())),
        chunk("IEND"));
  }

  static byte[] chunk(String type, int... content) {
    byte[] bytes = new byte[content.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) content[i];
    }
    return chunk(type, bytes);
  }

  static byte[] chunk(String type, byte[] content) {
    byte[] named = joined(type.getBytes(StandardCharsets.ISO_8859_1), content);
    CRC32 sum = new CRC32();
    sum.update(named);
    return ByteBuffer.allocate(8 + named.length)
        .putInt(content.length)
        .put(named)
        .putInt((int) sum.getValue())
        .array();
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] deflated(byte[] data) {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    Deflater deflater = new Deflater();
    try (DeflaterOutputStream stream = new DeflaterOutputStream(deflated, deflater)) {
      stream.write(data);
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    } finally {
      deflater.end();
    }
    return deflated.toByteArray();
  }
}
