package dev.braid.vlm.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * Unpacks a PNG: alpha is dropped, not blended, and 16-bit samples keep their upper eight bits.
 *
 * <p>As in Pillow, 16-bit gray without alpha is an exception: it is clipped, so that all values
 * from 255 on are white. Such images must be stored with eight bits to be useful in either program.
 */
final class PngDecoder {
  private static final PlatformCodec CODEC = PlatformCodec.of("png");

  private PngDecoder() {}

  static RgbImage decode(PngFile file) throws IOException {
    BufferedImage image = CODEC.read(file.essential(), reader -> reader.read(0));
    // The raster, not getRGB: that would convert gray by a gamma.
    Raster raster = image.getRaster();
    int width = raster.getWidth();
    byte[] rgb = new byte[width * raster.getHeight() * RgbImage.CHANNELS];
    int[] row = new int[width * raster.getNumBands()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      int to = y * width * RgbImage.CHANNELS;
      if (image.getColorModel() instanceof IndexColorModel palette) {
        lookUp(row, palette, rgb, to);
      } else if (file.colorType() == PngFile.GRAY && file.bitDepth() == 16) {
        clip(row, rgb, to);
      } else {
        copy(row, raster.getNumBands(), file.bitDepth() - 8, rgb, to);
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
