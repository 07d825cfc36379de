package dev.braid.vlm.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;

/**
 * Unpacks the first frame of a GIF, on the canvas that the file describes.
 *
 * <p>As in Pillow, the canvas around a smaller frame has the transparent colour of the palette, or
 * else its first one, and transparent pixels have the colour of their palette.
 */
final class GifDecoder {
  private static final PlatformCodec CODEC = PlatformCodec.of("gif");
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final int IMAGE = 0x2c;

  /** The most pixels that one coded byte expands to: the longest string of the dictionary. */
  private static final long MOST_PIXELS_A_BYTE = 4096;

  /** Pixels around a small frame that no data stand for. */
  private static final long EMPTY_CANVAS = 1 << 20;

  private final byte[] encoded;
  private final LittleEndian bytes;
  private int width;
  private int height;
  private int left;
  private int top;
  private int palette = -1;
  private int colors;
  private int transparent = -1;

  private GifDecoder(byte[] encoded) {
    this.encoded = encoded;
    this.bytes = new LittleEndian(encoded, "GIF");
  }

  static boolean recognises(byte[] encoded) {
    String start = new String(encoded, 0, Math.min(6, encoded.length), US_ASCII);
    return start.equals("GIF87a") || start.equals("GIF89a");
  }

  static RgbImage decode(byte[] encoded) throws IOException {
    return new GifDecoder(encoded).decode();
  }

  /** The size of the canvas. */
  static PictureSize size(byte[] encoded) throws UndecodableImageException {
    GifDecoder decoder = new GifDecoder(encoded);
    var unused = decoder.canvas();
    return new PictureSize(decoder.width, decoder.height);
  }

  /** Notes the canvas and the palette, and goes to the end of the first frame. */
  private int canvas() throws UndecodableImageException {
    width = bytes.shortAt(6);
    height = bytes.shortAt(8);
    return frame(palette(bytes.byteAt(10), 13));
  }

  private RgbImage decode() throws IOException {
    int at = canvas();
    byte[] still = Arrays.copyOf(encoded, at + 1);
    still[at] = 0x3b; // the end of the file, behind the first frame
    BufferedImage frame = CODEC.read(still, reader -> reader.read(0));
    return drawn(frame.getRaster());
  }

  /** Notes the palette that begins here, if the flags say so, and returns its end. */
  private int palette(int flags, int at) throws UndecodableImageException {
    if ((flags & 0x80) == 0) {
      return at;
    }
    palette = at;
    colors = 2 << (flags & 7);
    return bytes.checked(at, 3L * colors) + 3 * colors;
  }

  /** Goes to the end of the first frame. */
  private int frame(int start) throws UndecodableImageException {
    int at = start;
    while (bytes.byteAt(at) == EXTENSION) {
      if (bytes.byteAt(at + 1) == GRAPHIC_CONTROL && (bytes.byteAt(at + 3) & 1) == 1) {
        transparent = bytes.byteAt(at + 6);
      }
      at = blocksEnd(at + 2);
    }
    if (bytes.byteAt(at) != IMAGE) {
      throw new UndecodableImageException("it is a GIF without a picture");
    }
    left = bytes.shortAt(at + 1);
    top = bytes.shortAt(at + 3);
    int frameWidth = bytes.shortAt(at + 5);
    int frameHeight = bytes.shortAt(at + 7);
    width = Math.max(width, left + frameWidth);
    height = Math.max(height, top + frameHeight);
    ImageDecoder.checkSize(frameWidth, frameHeight);
    ImageDecoder.checkSize(width, height);
    int data = palette(bytes.byteAt(at + 9), at + 10);
    int end = blocksEnd(data + 1);
    long held = (end - data) * MOST_PIXELS_A_BYTE;
    ImageDecoder.checkHeld(frameWidth, frameHeight, (long) frameWidth * frameHeight, held);
    ImageDecoder.checkHeld(width, height, (long) width * height, held + EMPTY_CANVAS);
    if (palette < 0) {
      throw new UndecodableImageException("it is a GIF without a palette");
    }
    return end;
  }

  /** The end of a sequence of blocks, each with its length in front. */
  private int blocksEnd(int start) throws UndecodableImageException {
    int at = start;
    int length = bytes.byteAt(at);
    while (length > 0) {
      at += 1 + length;
      length = bytes.byteAt(at);
    }
    return at + 1;
  }

  private RgbImage drawn(Raster frame) {
    byte[] rgb = new byte[width * height * RgbImage.CHANNELS];
    boolean isWhole = frame.getWidth() == width && frame.getHeight() == height;
    for (int pixel = 0; !isWhole && pixel < width * height; pixel++) {
      color(Math.max(0, transparent), rgb, pixel);
    }
    int[] row = new int[frame.getWidth() * frame.getNumBands()];
    for (int y = 0; y < frame.getHeight(); y++) {
      frame.getPixels(0, y, frame.getWidth(), 1, row);
      for (int x = 0; x < frame.getWidth(); x++) {
        color(row[x], rgb, (top + y) * width + left + x);
      }
    }
    return new RgbImage(width, height, rgb);
  }

  /** A colour of the palette; those that it lacks are black. */
  private void color(int index, byte[] rgb, int pixel) {
    if (index < colors) {
      System.arraycopy(
          encoded, palette + 3 * index, rgb, pixel * RgbImage.CHANNELS, RgbImage.CHANNELS);
    }
  }
}
