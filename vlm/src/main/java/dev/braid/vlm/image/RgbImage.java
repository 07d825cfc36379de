package dev.braid.vlm.image;

import dev.braid.model.Check;

/** A picture of eight bits a channel: rows from the top, red, green and blue interleaved. */
public final class RgbImage {
  static final int CHANNELS = 3;

  private final int width;
  private final int height;
  private final byte[] samples;

  /** A picture over these samples, which are handed over, not copied. */
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

  /** A picture of a copy of these samples. */
  public static RgbImage of(int width, int height, byte[] samples) {
    return new RgbImage(width, height, samples.clone());
  }

  /** Reads a PNG or a JPEG as Pillow's {@code convert("RGB")} shows it. */
  public static RgbImage decode(byte[] encoded) throws UndecodableImageException {
    return ImageDecoder.decode(encoded);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The value, 0 to 255, of a channel (0 red, 1 green, 2 blue) at column x of row y. */
  public int sample(int x, int y, int channel) {
    return samples[(y * width + x) * CHANNELS + channel] & 0xff;
  }

  /** A copy of the samples. */
  public byte[] toByteArray() {
    return samples.clone();
  }

  /** The samples themselves, for whoever only reads. */
  byte[] samples() {
    return samples;
  }
}
