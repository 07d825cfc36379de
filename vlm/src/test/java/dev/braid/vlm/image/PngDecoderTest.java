package dev.braid.vlm.image;

import static dev.braid.vlm.image.Pngs.chunk;
import static dev.braid.vlm.image.Pngs.joined;
import static dev.braid.vlm.image.Pngs.png;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;

/** Expected values are the documented results of Pillow's {@code convert("RGB")}. */
class PngDecoderTest {
  private static final byte[] NONE = {};

  private static void assertRgb(byte[] png, int... samples) throws UndecodableImageException {
    RgbImage image = RgbImage.decode(png);
    assertThat(image.width() * image.height() * RgbImage.CHANNELS).isEqualTo(samples.length);
    int[] decoded = new int[samples.length];
    for (int i = 0; i < decoded.length; i++) {
      int pixel = i / RgbImage.CHANNELS;
      decoded[i] = image.sample(pixel % image.width(), pixel / image.width(), i % 3);
    }
    assertThat(decoded).containsExactly(samples);
  }

  @Test
  void decode_ofGrays_repeatsTheLevelWithoutGamma() throws UndecodableImageException {
    assertRgb(
        png(2, 2, 8, Pngs.GRAY, NONE, 0, 1, 77, 255), 0, 0, 0, 1, 1, 1, 77, 77, 77, 255, 255, 255);
  }

  @Test
  void decode_ofFewBits_stretchesThemToEight() throws UndecodableImageException {
    assertRgb(png(3, 1, 1, Pngs.GRAY, NONE, 0b10100000), 255, 255, 255, 0, 0, 0, 255, 255, 255);
    assertRgb(png(3, 1, 2, Pngs.GRAY, NONE, 0b01101100), 85, 85, 85, 170, 170, 170, 255, 255, 255);
    assertRgb(png(2, 1, 4, Pngs.GRAY, NONE, 0x1e), 17, 17, 17, 238, 238, 238);
  }

  @Test
  void decode_ofAlpha_dropsIt() throws UndecodableImageException {
    assertRgb(png(2, 1, 8, Pngs.GRAY_ALPHA, NONE, 40, 0, 50, 128), 40, 40, 40, 50, 50, 50);
    assertRgb(png(2, 1, 8, Pngs.RGB_ALPHA, NONE, 1, 2, 3, 0, 4, 5, 6, 9), 1, 2, 3, 4, 5, 6);
  }

  @Test
  void decode_ofTransparentColors_keepsThem() throws UndecodableImageException {
    byte[] grayIsTransparent = chunk("tRNS", 0, 7);
    byte[] colorIsTransparent = chunk("tRNS", 0, 1, 0, 2, 0, 3);
    assertRgb(png(1, 1, 8, Pngs.GRAY, grayIsTransparent, 7), 7, 7, 7);
    assertRgb(png(2, 1, 1, Pngs.GRAY, chunk("tRNS", 0, 1), 0b01000000), 0, 0, 0, 255, 255, 255);
    assertRgb(png(1, 1, 8, Pngs.RGB, colorIsTransparent, 1, 2, 3), 1, 2, 3);
  }

  @Test
  void decode_ofPalettes_looksColorsUp() throws UndecodableImageException {
    byte[] palette = chunk("PLTE", 10, 20, 30, 40, 50, 60, 70, 80, 90);
    byte[] firstIsTransparent = joined(palette, chunk("tRNS", 0, 128));
    assertRgb(png(2, 1, 8, Pngs.PALETTE, firstIsTransparent, 0, 1), 10, 20, 30, 40, 50, 60);
    assertRgb(png(2, 1, 4, Pngs.PALETTE, palette, 0x21), 70, 80, 90, 40, 50, 60);
    assertRgb(png(2, 1, 2, Pngs.PALETTE, palette, 0b10000000), 70, 80, 90, 10, 20, 30);
    assertRgb(png(2, 1, 1, Pngs.PALETTE, palette, 0b10000000), 40, 50, 60, 10, 20, 30);
  }

  @Test
  void decode_ofSixteenBits_keepsTheUpperEight() throws UndecodableImageException {
    assertRgb(png(1, 1, 16, Pngs.RGB, NONE, 1, 200, 2, 201, 3, 202), 1, 2, 3);
    assertRgb(png(1, 1, 16, Pngs.RGB_ALPHA, NONE, 1, 200, 2, 201, 255, 202, 0, 0), 1, 2, 255);
    assertRgb(png(1, 1, 16, Pngs.GRAY_ALPHA, NONE, 9, 200, 0, 0), 9, 9, 9);
  }

  @Test
  void decode_ofGrayOfSixteenBits_clipsThem() throws UndecodableImageException {
    // 0, 254, 255, 256 and 65,535 as Pillow's mode I;16 shows them.
    int[] levels = {0, 0, 0, 254, 0, 255, 1, 0, 255, 255};

    assertRgb(
        png(5, 1, 16, Pngs.GRAY, NONE, levels),
        0,
        0,
        0,
        254,
        254,
        254,
        255,
        255,
        255,
        255,
        255,
        255,
        255,
        255,
        255);
    assertRgb(png(1, 1, 16, Pngs.GRAY, chunk("tRNS", 0, 9), 0, 9), 9, 9, 9);
  }

  @Test
  void decode_ofProfilesAndText_ignoresThem() throws UndecodableImageException {
    byte[] gamma = chunk("gAMA", 0, 0, 0x27, 0x10);
    byte[] brokenProfile = chunk("iCCP", 'x', 0, 0, 1, 2, 3);
    byte[] brokenText = chunk("zTXt", 'k', 0, 9, 9);
    byte[] unfilled = joined(gamma, brokenProfile, brokenText, chunk("PLTE", 1, 2, 3));

    assertRgb(png(1, 1, 8, Pngs.RGB, joined(gamma, brokenProfile), 100, 101, 102), 100, 101, 102);
    assertRgb(png(1, 1, 8, Pngs.PALETTE, unfilled, 0), 1, 2, 3);
  }

  @Test
  void decode_ofInterlacedPicture_findsEveryPixel() throws IOException {
    BufferedImage drawn = Jpegs.drawn(13, 11, BufferedImage.TYPE_INT_RGB);

    RgbImage image = RgbImage.decode(interlaced(drawn));

    for (int i = 0; i < 13 * 11; i++) {
      int rgb = drawn.getRGB(i % 13, i / 13);
      assertThat(image.sample(i % 13, i / 13, 0)).isEqualTo(rgb >> 16 & 0xff);
      assertThat(image.sample(i % 13, i / 13, 1)).isEqualTo(rgb >> 8 & 0xff);
      assertThat(image.sample(i % 13, i / 13, 2)).isEqualTo(rgb & 0xff);
    }
  }

  private static byte[] interlaced(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), settings);
    } finally {
      writer.dispose();
    }
    byte[] png = bytes.toByteArray();
    assertThat(png[28]).as("interlace method").isEqualTo((byte) 1);
    return png;
  }
}
