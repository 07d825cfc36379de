package dev.braid.vlm.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads unsigned numbers of a file; what lies behind its end is a truncated file. */
final class LittleEndian {
  private final ByteBuffer bytes;
  private final String format;

  LittleEndian(byte[] encoded, String format) {
    this(encoded, format, ByteOrder.LITTLE_ENDIAN);
  }

  LittleEndian(byte[] encoded, String format, ByteOrder order) {
    this.bytes = ByteBuffer.wrap(encoded).order(order);
    this.format = format;
  }

  int byteAt(long at) throws UndecodableImageException {
    return bytes.get(checked(at, 1)) & 0xff;
  }

  int shortAt(long at) throws UndecodableImageException {
    return bytes.getShort(checked(at, 2)) & 0xffff;
  }

  long intAt(long at) throws UndecodableImageException {
    return Integer.toUnsignedLong(bytes.getInt(checked(at, 4)));
  }

  /** The position, if so many bytes are there. */
  int checked(long at, long length) throws UndecodableImageException {
    if (at < 0 || length < 0 || at > bytes.limit() - length) {
      throw new UndecodableImageException(
          "it is truncated (a %s of %s bytes)".formatted(format, bytes.limit()));
    }
    return (int) at;
  }
}
