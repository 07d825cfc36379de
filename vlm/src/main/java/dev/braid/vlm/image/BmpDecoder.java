package dev.braid.vlm.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Set;

/** Unpacks a BMP: palettes, run lengths, 16, 24 and 32 bits; alpha is dropped. */
final class BmpDecoder {
  private static final PlatformCodec CODEC = PlatformCodec.of("bmp");

  private static final Set<Integer> HEADERS = Set.of(12, 40, 52, 56, 64, 108, 124);
  private static final Set<Integer> DEPTHS = Set.of(1, 4, 8, 16, 24, 32);
  private static final int CORE = 12;
  private static final int BITFIELDS = 3;
  private static final int ALPHA_BITFIELDS = 6;
  private static final int MOST_COLORS = 256;

  /** Two bytes of a run length are at most 255 pixels. */
  private static final long MOST_PIXELS_A_BYTE = 128;

  private BmpDecoder() {}

  static boolean recognises(byte[] encoded) {
    return encoded.length > 26 && encoded[0] == 'B' && encoded[1] == 'M';
  }

  static RgbImage decode(byte[] encoded) throws IOException {
    byte[] checked = checked(encoded);
    BufferedImage image = CODEC.read(checked, reader -> reader.read(0));
    if (image.getRaster().getNumBands() == 1) { // a palette, or gray without one
      return RgbSamples.of(image, 8, /* isGray= */ false);
    }
    int width = image.getWidth();
    byte[] rgb = new byte[width * image.getHeight() * RgbImage.CHANNELS];
    int[] row = new int[width];
    int to = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int color : image.getRGB(0, y, width, 1, row, 0, width)) {
        rgb[to++] = (byte) (color >> 16);
        rgb[to++] = (byte) (color >> 8);
        rgb[to++] = (byte) color;
      }
    }
    return new RgbImage(width, image.getHeight(), rgb);
  }

  /** The size in its header. */
  static PictureSize size(byte[] encoded) throws UndecodableImageException {
    var unused = checked(encoded);
    LittleEndian bytes = new LittleEndian(encoded, "BMP");
    boolean isCore = bytes.intAt(14) == CORE;
    return isCore
        ? new PictureSize(bytes.shortAt(18), bytes.shortAt(20))
        : new PictureSize((int) bytes.intAt(18), Math.abs((long) (int) bytes.intAt(22)));
  }

  /** The file, if its header is sound; without a colour profile, which the codec would open. */
  private static byte[] checked(byte[] encoded) throws UndecodableImageException {
    LittleEndian bytes = new LittleEndian(encoded, "BMP");
    int header = (int) bytes.intAt(14);
    boolean isCore = header == CORE;
    long width = isCore ? bytes.shortAt(18) : (int) bytes.intAt(18);
    long height = isCore ? bytes.shortAt(20) : Math.abs((long) (int) bytes.intAt(22));
    int depth = bytes.shortAt(isCore ? 24 : 28);
    int compression = isCore ? 0 : (int) bytes.intAt(30);
    if (!HEADERS.contains(header) || !DEPTHS.contains(depth)) {
      throw new UndecodableImageException(
          "it is a BMP with a header of %s bytes and %s bits a pixel".formatted(header, depth));
    }
    ImageDecoder.checkSize(width, height);
    checkData(bytes, encoded.length, width, height, depth, compression);
    if (!isCore && bytes.intAt(46) > MOST_COLORS) {
      throw new UndecodableImageException("its palette has %s colours".formatted(bytes.intAt(46)));
    }
    return header < 108 ? encoded : withoutProfile(encoded);
  }

  private static void checkData(
      LittleEndian bytes, int length, long width, long height, int depth, int compression)
      throws UndecodableImageException {
    long start = bytes.checked(bytes.intAt(10), 1);
    switch (compression) {
      case 0, BITFIELDS, ALPHA_BITFIELDS -> {
        long row = (width * depth + 31) / 32 * 4;
        var unused = bytes.checked(start, row * height);
      }
      case 1, 2 ->
          ImageDecoder.checkHeld(
              width, height, width * height, (length - start) * MOST_PIXELS_A_BYTE);
      default ->
          throw new UndecodableImageException(
              "it is a BMP of compression %s (0 to 3)".formatted(compression));
    }
  }

  private static byte[] withoutProfile(byte[] encoded) {
    byte[] plain = encoded.clone();
    byte[] standard = {'B', 'G', 'R', 's'}; // LCS_sRGB
    System.arraycopy(standard, 0, plain, 70, standard.length);
    return plain;
  }
}
