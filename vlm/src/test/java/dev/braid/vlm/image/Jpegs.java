package dev.braid.vlm.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes JPEGs with the platform's codec, and puts segments into them. */
final class Jpegs {
  private Jpegs() {}

  /** A smooth coloured image with an edge. */
  static BufferedImage drawn(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int edge = x > y ? 60 : 0;
        int rgb = (x * 255 / width) << 16 | (y * 195 / height + edge) << 8 | (255 - edge);
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  static byte[] baseline(BufferedImage image) throws IOException {
    return encoded(new IIOImage(image, null, null), ImageWriteParam.MODE_DISABLED);
  }

  static byte[] progressive(BufferedImage image) throws IOException {
    return encoded(new IIOImage(image, null, null), ImageWriteParam.MODE_DEFAULT);
  }

  /** Four bands of these samples, for every pixel the same, without any word on their meaning. */
  static byte[] ofFourBands(int width, int height, int... samples) throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, samples.length, null);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        raster.setPixel(x, y, samples);
      }
    }
    return encoded(new IIOImage(raster, List.of(), null), ImageWriteParam.MODE_DISABLED);
  }

  private static byte[] encoded(IIOImage image, int progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(0.95f);
      settings.setProgressiveMode(progressive);
      writer.setOutput(stream);
      writer.write(null, image, settings);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The JPEG with another segment right after its start. */
  static byte[] with(byte[] jpeg, int marker, byte[] content) {
    int length = content.length + 2;
    byte[] head = {
      jpeg[0], jpeg[1], (byte) 0xff, (byte) marker, (byte) (length >> 8), (byte) length
    };
    return Pngs.joined(head, content, Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  /** The JPEG with Adobe's word on its colours: 0 as stored, 1 YCC, 2 YCCK. */
  static byte[] withAdobe(byte[] jpeg, int transform) {
    byte[] name = "Adobe".getBytes(StandardCharsets.US_ASCII);
    return with(jpeg, 0xee, Pngs.joined(name, new byte[] {0, 100, 0, 0, 0, 0, (byte) transform}));
  }

  /** The JPEG without its JFIF segment, which the platform puts first. */
  static byte[] withoutJfif(byte[] jpeg) {
    int length = (jpeg[4] & 0xff) << 8 | (jpeg[5] & 0xff);
    return Pngs.joined(
        new byte[] {jpeg[0], jpeg[1]}, Arrays.copyOfRange(jpeg, 4 + length, jpeg.length));
  }
}
