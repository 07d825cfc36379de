package dev.braid.serving;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** DrawnPictures for requests. */
final class DrawnPictures {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private DrawnPictures() {}

  /** So many different pictures of 12 x 9 pixels. */
  static List<byte[]> drawn(int count) {
    List<byte[]> pictures = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < count; i++) {
      pictures.add(png(12, 9, random));
    }
    return pictures;
  }

  /** A picture of noise around one colour. */
  static byte[] png(int width, int height, Random random) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int colour = random.nextInt(1 << 24);
    for (int i = 0; i < width * height; i++) {
      picture.setRGB(i % width, i / width, colour ^ (random.nextInt(1 << 24) & 0x3f3f3f));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A well-formed PNG of one colour: a megabyte of zeros is a kilobyte. */
  static byte[] blank(int width, int height) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    byte[] row = new byte[1 + 3 * width];
    byte[] buffer = new byte[1 << 16];
    for (int y = 0; y < height; y++) {
      deflater.setInput(row);
      for (int n = deflater.deflate(buffer); n > 0; n = deflater.deflate(buffer)) {
        data.write(buffer, 0, n);
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      data.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(SIGNATURE);
    byte[] kind = {8, 2, 0, 0, 0};
    png.writeBytes(
        chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put(kind).array()));
    png.writeBytes(chunk("IDAT", data.toByteArray()));
    png.writeBytes(chunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  private static byte[] chunk(String type, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length).putInt(content.length);
    chunk.put(type.getBytes(java.nio.charset.StandardCharsets.US_ASCII)).put(content);
    CRC32 sum = new CRC32();
    sum.update(chunk.array(), 4, 4 + content.length);
    return chunk.putInt((int) sum.getValue()).array();
  }
}
