package dev.braid.vlm.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Images in formats besides PNG and JPEG, all lossless. */
final class OtherFormats {
  /** Of the kinds that can be read. */
  static final List<String> COMPRESSIONS = List.of("", "LZW", "ZLib", "Deflate", "PackBits");

  private OtherFormats() {}

  /** An image whose every pixel has another colour. */
  static BufferedImage drawn(int type) {
    BufferedImage image = new BufferedImage(13, 7, type);
    for (int i = 0; i < 91; i++) {
      image.setRGB(i % 13, i / 13, 0xff000000 | i * 0x02_01_02 | 0x40_00_00);
    }
    return image;
  }

  /** An image of four colours of a palette. */
  static BufferedImage indexed(int bits) {
    byte[] red = {10, 20, 30, (byte) 200};
    byte[] green = {0, 90, (byte) 180, (byte) 255};
    byte[] blue = {7, 7, 100, 50};
    int colors = Math.min(4, 1 << bits);
    IndexColorModel palette =
        new IndexColorModel(
            bits,
            1 << bits,
            Arrays.copyOf(red, 1 << bits),
            Arrays.copyOf(green, 1 << bits),
            Arrays.copyOf(blue, 1 << bits));
    int type = bits < 8 ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_INDEXED;
    BufferedImage image = new BufferedImage(13, 7, type, palette);
    for (int i = 0; i < 91; i++) {
      image.getRaster().setSample(i % 13, i / 13, 0, i * i % colors);
    }
    return image;
  }

  static byte[] encoded(BufferedImage image, String format, String compression) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (!compression.isEmpty()) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType(compression);
      }
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  static List<byte[]> bmps() {
    return List.of(
        encoded(drawn(BufferedImage.TYPE_3BYTE_BGR), "bmp", ""),
        encoded(indexed(1), "bmp", ""),
        encoded(indexed(8), "bmp", "BI_RLE8"),
        encoded(indexed(4), "bmp", "BI_RLE4"),
        encoded(drawn(BufferedImage.TYPE_BYTE_GRAY), "bmp", ""));
  }

  static List<byte[]> gifs() {
    return List.of(encoded(indexed(2), "gif", ""), encoded(indexed(8), "gif", ""));
  }

  static List<byte[]> tiffs() {
    List<byte[]> tiffs = new ArrayList<>();
    for (String compression : COMPRESSIONS) {
      tiffs.add(encoded(drawn(BufferedImage.TYPE_3BYTE_BGR), "tiff", compression));
      tiffs.add(encoded(drawn(BufferedImage.TYPE_4BYTE_ABGR), "tiff", compression));
      tiffs.add(encoded(indexed(8), "tiff", compression));
      tiffs.add(encoded(drawn(BufferedImage.TYPE_USHORT_GRAY), "tiff", compression));
    }
    return tiffs;
  }
}
