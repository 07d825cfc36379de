package dev.braid.vlm.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The header of a PNG, and the parts of the file that its samples depend on.
 *
 * @param essential the file with its critical chunks only: no profile, no gamma, no transparency
 */
@SuppressWarnings("ArrayRecordComponent") // lives only between container and codec
record PngFile(int width, int height, int bitDepth, int colorType, byte[] essential) {
  static final int GRAY = 0;

  private static final int RGB = 2;
  private static final int GRAY_ALPHA = 4;
  private static final int RGB_ALPHA = 6;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");
  private static final int IHDR = 0x49484452;
  private static final int HEADER_LENGTH = 13;

  /** The bytes of a chunk besides its content: length, type and checksum. */
  private static final int AROUND = 12;

  /** The most bytes that one deflated byte expands to: four runs of 258, with two bits each. */
  private static final long MOST_INFLATED = 4 * 258;

  static boolean recognises(byte[] encoded) {
    return encoded.length >= SIGNATURE.length
        && Arrays.equals(encoded, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  static PngFile parse(byte[] encoded) throws UndecodableImageException {
    ByteArrayOutputStream essential = new ByteArrayOutputStream();
    essential.writeBytes(SIGNATURE);
    ByteBuffer bytes = ByteBuffer.wrap(encoded).position(SIGNATURE.length);
    String type = "";
    long dataLength = 0;
    while (!type.equals("IEND")) {
      int start = bytes.position();
      type = skipChunk(bytes);
      if (CRITICAL.contains(type)) {
        checkSum(bytes, start, type);
        essential.write(encoded, start, bytes.position() - start);
        dataLength += type.equals("IDAT") ? bytes.position() - start - AROUND : 0;
      }
    }
    PngFile file = header(bytes.position(SIGNATURE.length), essential.toByteArray());
    file.checkHeldBy(dataLength);
    return file;
  }

  private static String skipChunk(ByteBuffer bytes) throws UndecodableImageException {
    int start = bytes.position();
    long length = bytes.remaining() < AROUND ? 0 : Integer.toUnsignedLong(bytes.getInt(start));
    if (bytes.remaining() < AROUND + length) {
      throw new UndecodableImageException(
          "it is truncated (a PNG of %s bytes without an end)".formatted(bytes.limit()));
    }
    byte[] type = new byte[4];
    bytes.get(start + 4, type);
    bytes.position(start + AROUND + (int) length);
    return new String(type, StandardCharsets.ISO_8859_1);
  }

  private static void checkSum(ByteBuffer bytes, int start, String type)
      throws UndecodableImageException {
    CRC32 sum = new CRC32();
    sum.update(bytes.duplicate().limit(bytes.position() - 4).position(start + 4));
    if ((int) sum.getValue() != bytes.getInt(bytes.position() - 4)) {
      throw new UndecodableImageException(
          "its data is damaged (checksum of %s at byte %s)".formatted(type, start));
    }
  }

  private static PngFile header(ByteBuffer bytes, byte[] essential)
      throws UndecodableImageException {
    int length = bytes.getInt();
    if (length != HEADER_LENGTH || bytes.getInt() != IHDR) {
      throw new UndecodableImageException("it is a PNG without a header");
    }
    long width = Integer.toUnsignedLong(bytes.getInt());
    long height = Integer.toUnsignedLong(bytes.getInt());
    ImageDecoder.checkSize(width, height);
    return new PngFile((int) width, (int) height, bytes.get(), bytes.get(), essential);
  }

  /** Refuses a size that the data cannot fill, before memory is allocated for it. */
  private void checkHeldBy(long dataLength) throws UndecodableImageException {
    long unpacked = (long) width * height * bitDepth * channels() / Byte.SIZE;
    if (unpacked > dataLength * MOST_INFLATED) {
      throw new UndecodableImageException(
          "it says it is %s x %s, but its %s bytes of data are too few for that"
              .formatted(width, height, dataLength));
    }
  }

  private int channels() {
    return switch (colorType) {
      case RGB -> 3;
      case GRAY_ALPHA -> 2;
      case RGB_ALPHA -> 4;
      default -> 1;
    };
  }
}
