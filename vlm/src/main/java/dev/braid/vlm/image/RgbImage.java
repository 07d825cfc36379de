package dev.braid.vlm.image;

import dev.braid.model.Check;

/** An image of eight bits per channel: rows from the top; red, green and blue interleaved. */
public final class RgbImage {
  static final int CHANNELS = 3;

  private final int width;
  private final int height;
  private final byte[] samples;

  /** An image that takes over these samples without a copy. */
  RgbImage(int width, int height, byte[] samples) {
    Check.argument(
        width > 0 && height > 0 && samples.length == (long) width * height * CHANNELS,
        "Invalid picture: %s samples for %s x %s",
        samples.length,
        width,
        height);
    this.width = width;
    this.height = height;
    this.samples = samples;
  }

  /** An image with a copy of these samples. */
  public static RgbImage of(int width, int height, byte[] samples) {
    return new RgbImage(width, height, samples.clone());
  }

  /**
   * Decodes a PNG or JPEG to the same samples as Pillow's {@code convert("RGB")} of the image that
   * {@code exif_transpose} turned upright; see {@link ExifOrientation#removed} for the image as it
   * is stored.
   */
  public static RgbImage decode(byte[] encoded) throws UndecodableImageException {
    return ImageDecoder.decode(encoded).turned(ExifOrientation.of(encoded));
  }

  /** This image of the given orientation, upright. */
  RgbImage turned(int orientation) {
    if (orientation == ExifOrientation.UPRIGHT) {
      return this;
    }
    boolean isSwapped = orientation > 4;
    int toWidth = isSwapped ? height : width;
    int toHeight = isSwapped ? width : height;
    byte[] upright = new byte[samples.length];
    for (int y = 0; y < toHeight; y++) {
      for (int x = 0; x < toWidth; x++) {
        int from = source(orientation, x, y) * CHANNELS;
        int to = (y * toWidth + x) * CHANNELS;
        upright[to] = samples[from];
        upright[to + 1] = samples[from + 1];
        upright[to + 2] = samples[from + 2];
      }
    }
    return new RgbImage(toWidth, toHeight, upright);
  }

  /** The pixel of this image that an upright one has at column x, row y. */
  private int source(int orientation, int x, int y) {
    int right = width - 1;
    int bottom = height - 1;
    return switch (orientation) {
      case 2 -> y * width + right - x;
      case 3 -> (bottom - y) * width + right - x;
      case 4 -> (bottom - y) * width + x;
      case 5 -> x * width + y;
      case 6 -> (bottom - x) * width + y;
      case 7 -> (bottom - x) * width + right - y;
      case 8 -> x * width + right - y;
      default -> throw new IllegalArgumentException("Invalid orientation: " + orientation);
    };
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The value, 0 to 255, of a channel (0 red, 1 green, 2 blue) at column x, row y. */
  public int sample(int x, int y, int channel) {
    return samples[(y * width + x) * CHANNELS + channel] & 0xff;
  }

  /** A copy of the samples. */
  public byte[] toByteArray() {
    return samples.clone();
  }

  /** The samples themselves, which callers must not change. */
  byte[] samples() {
    return samples;
  }
}
