package dev.braid.vlm.image;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * Unpacks a JPEG and converts its colours with libjpeg's and Pillow's integer arithmetic.
 *
 * <p>Tested to equal Pillow: chroma subsampled in both directions, as in nearly all files, and inks
 * at full resolution. Not compared: chroma subsampled in height only, which newer releases of
 * Pillow's codec smooth and the platform's repeats.
 */
final class JpegDecoder {
  private static final PlatformCodec CODEC = PlatformCodec.of("jpeg");

  // libjpeg's jdcolor.c: fixed-point numbers of 16 bits.
  private static final int RED_OF_CR = fixed(1.40200);
  private static final int BLUE_OF_CB = fixed(1.77200);
  private static final int GREEN_OF_CR = fixed(0.71414);
  private static final int GREEN_OF_CB = fixed(0.34414);
  private static final int HALF = 1 << 15;

  private JpegDecoder() {}

  private static int fixed(double factor) {
    return (int) (factor * (1 << 16) + 0.5);
  }

  static RgbImage decode(JpegFile file) throws IOException {
    Raster raster = CODEC.read(file.essential(), reader -> reader.readRaster(0, null));
    byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
    int pixels = file.width() * file.height();
    int components = raster.getNumBands();
    if (raster.getWidth() != file.width()
        || raster.getHeight() != file.height()
        || samples.length != (long) pixels * components) {
      throw new UndecodableImageException("its frame and its data differ in size");
    }
    return new RgbImage(file.width(), file.height(), convert(file.colors(), samples, pixels));
  }

  private static byte[] convert(JpegFile.Colors colors, byte[] samples, int pixels) {
    switch (colors) {
      case GRAY -> {
        return grayToRgb(samples);
      }
      case RGB -> {
        return samples;
      }
      case YCC -> {
        yccToRgb(samples, 3);
        return samples;
      }
      case CMYK -> {
        return invertedCmykToRgb(samples, pixels);
      }
      case YCCK -> {
        yccToRgb(samples, 4);
        invertColors(samples);
        return invertedCmykToRgb(samples, pixels);
      }
    }
    throw new AssertionError(colors);
  }

  private static byte[] grayToRgb(byte[] gray) {
    byte[] rgb = new byte[gray.length * RgbImage.CHANNELS];
    for (int i = 0; i < gray.length; i++) {
      rgb[3 * i] = gray[i];
      rgb[3 * i + 1] = gray[i];
      rgb[3 * i + 2] = gray[i];
    }
    return rgb;
  }

  private static void yccToRgb(byte[] samples, int stride) {
    for (int at = 0; at < samples.length; at += stride) {
      int y = samples[at] & 0xff;
      int cb = (samples[at + 1] & 0xff) - 128;
      int cr = (samples[at + 2] & 0xff) - 128;
      samples[at] = clip(y + ((RED_OF_CR * cr + HALF) >> 16));
      samples[at + 1] = clip(y + ((-GREEN_OF_CB * cb - GREEN_OF_CR * cr + HALF) >> 16));
      samples[at + 2] = clip(y + ((BLUE_OF_CB * cb + HALF) >> 16));
    }
  }

  // Y, Cb and Cr of a YCCK image encode inverted inks, from which libjpeg computes C, M and Y.
  private static void invertColors(byte[] samples) {
    for (int at = 0; at < samples.length; at += 4) {
      for (int i = at; i < at + 3; i++) {
        samples[i] = (byte) ~samples[i];
      }
    }
  }

  /** Adobe stores inks inverted: 255 is no ink. Pillow treats every CMYK JPEG this way. */
  private static byte[] invertedCmykToRgb(byte[] samples, int pixels) {
    byte[] rgb = new byte[pixels * RgbImage.CHANNELS];
    for (int pixel = 0; pixel < pixels; pixel++) {
      int light = samples[4 * pixel + 3] & 0xff;
      for (int i = 0; i < RgbImage.CHANNELS; i++) {
        int ink = 255 - (samples[4 * pixel + i] & 0xff);
        rgb[3 * pixel + i] = clip(light - divided(ink * light));
      }
    }
    return rgb;
  }

  /** A product of two levels, divided by 255 and rounded. */
  private static int divided(int product) {
    int rounded = product + 128;
    return ((rounded >> 8) + rounded) >> 8;
  }

  private static byte clip(int level) {
    return (byte) Math.max(0, Math.min(255, level));
  }
}
