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

  /** Decodes a PNG or JPEG to the same samples as Pillow's {@code convert("RGB")}. */
  public static RgbImage decode(byte[] encoded) throws UndecodableImageException {
    return ImageDecoder.decode(encoded);
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
