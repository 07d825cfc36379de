package dev.braid.vlm.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Converts the samples of a decoded image: alpha is dropped, not blended, and 16-bit samples keep
 * their upper eight bits.
 *
 * <p>As in Pillow, 16-bit gray without alpha is an exception: it is clipped, so that all values
 * from 255 on are white. Such images must be stored with eight bits to be useful in either program.
 */
final class RgbSamples {
  private RgbSamples() {}

  /**
   * The image in red, green and blue. The raster counts, not its colour model, which would convert
   * gray by a gamma; only a palette's colours are looked up.
   *
   * @param bits of a sample
   * @param isGray whether there is one sample of a pixel, without alpha
   */
  static RgbImage of(BufferedImage image, int bits, boolean isGray) {
    Raster raster = image.getRaster();
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    byte[] rgb = new byte[width * raster.getHeight() * RgbImage.CHANNELS];
    int[] row = new int[width * bands];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      int to = y * width * RgbImage.CHANNELS;
      if (image.getColorModel() instanceof IndexColorModel palette) {
        lookUp(row, palette, rgb, to);
      } else if (isGray && bits == 16) {
        clip(row, rgb, to);
      } else {
        copy(row, bands, bits - 8, rgb, to);
      }
    }
    return new RgbImage(width, raster.getHeight(), rgb);
  }

  private static void lookUp(int[] row, IndexColorModel palette, byte[] rgb, int to) {
    for (int index : row) {
      int color = palette.getRGB(index);
      rgb[to++] = (byte) (color >> 16);
      rgb[to++] = (byte) (color >> 8);
      rgb[to++] = (byte) color;
    }
  }

  private static void clip(int[] row, byte[] rgb, int to) {
    for (int level : row) {
      byte clipped = (byte) Math.min(level, 255);
      rgb[to++] = clipped;
      rgb[to++] = clipped;
      rgb[to++] = clipped;
    }
  }

  private static void copy(int[] row, int bands, int shift, byte[] rgb, int to) {
    boolean isGray = bands < RgbImage.CHANNELS;
    for (int at = 0; at < row.length; at += bands) {
      rgb[to++] = (byte) (row[at] >> shift);
      rgb[to++] = (byte) (row[at + (isGray ? 0 : 1)] >> shift);
      rgb[to++] = (byte) (row[at + (isGray ? 0 : 2)] >> shift);
    }
  }
}
