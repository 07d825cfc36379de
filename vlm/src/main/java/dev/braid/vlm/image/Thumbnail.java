package dev.braid.vlm.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small PNGs of images, for pages. They hold samples and nothing else of the original file. */
public final class Thumbnail {
  private Thumbnail() {}

  /**
   * A PNG of the whole image; larger images are reduced.
   *
   * @param side the length of the longer side, in pixels, at most
   */
  public static byte[] png(RgbImage image, int side) {
    int longer = Math.max(image.width(), image.height());
    if (longer <= side) {
      return encoded(image);
    }
    int width = reduced(image.width(), side, longer);
    int height = reduced(image.height(), side, longer);
    Box whole = new Box(0, 0, width, height);
    return encoded(Bicubic.resize(image, Box.all(image), width, height, whole));
  }

  private static int reduced(int length, int side, int longer) {
    return Math.max(1, Math.toIntExact(Math.round((double) length * side / longer)));
  }

  private static byte[] encoded(RgbImage image) {
    BufferedImage drawn =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int rgb = image.sample(x, y, 0) << 16 | image.sample(x, y, 1) << 8 | image.sample(x, y, 2);
        drawn.setRGB(x, y, rgb);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(drawn);
    } catch (IOException e) { // memory takes everything
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
