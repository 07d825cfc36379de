package dev.braid.vlm.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;

class JpegDecoderTest {
  private static final BufferedImage COLORS = Jpegs.drawn(45, 31, BufferedImage.TYPE_INT_RGB);

  /** The platform's own way to RGB is libjpeg's: an oracle for our conversion. */
  private static void assertLikePlatform(byte[] jpeg) throws IOException {
    RgbImage image = RgbImage.decode(jpeg);
    BufferedImage expected =
        ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg)));
    for (int y = 0; y < expected.getHeight(); y++) {
      for (int x = 0; x < expected.getWidth(); x++) {
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
          int band = Math.min(channel, expected.getRaster().getNumBands() - 1);
          assertThat(image.sample(x, y, channel))
              .isEqualTo(expected.getRaster().getSample(x, y, band));
        }
      }
    }
  }

  @Test
  void decode_ofColorAndGray_equalsLibjpeg() throws IOException {
    assertLikePlatform(Jpegs.baseline(COLORS));
    assertLikePlatform(Jpegs.progressive(COLORS));
    assertLikePlatform(Jpegs.baseline(Jpegs.drawn(33, 17, BufferedImage.TYPE_BYTE_GRAY)));
  }

  @Test
  void decode_ofApplicationData_ignoresIt() throws IOException {
    byte[] jpeg = Jpegs.baseline(COLORS);
    byte[] rotated = {
      'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0,
      0, 0, 0, 0, 0
    };
    byte[] brokenProfile = "ICC_PROFILE\0\1\1broken".getBytes(ISO_8859_1);
    byte[] thumbnail = Jpegs.baseline(Jpegs.drawn(8, 8, BufferedImage.TYPE_INT_RGB));

    assertSame(jpeg, ExifOrientation.removed(Jpegs.with(jpeg, 0xe1, rotated)));
    assertSame(jpeg, Jpegs.with(jpeg, 0xe2, brokenProfile));
    assertSame(jpeg, Jpegs.with(jpeg, 0xe5, thumbnail));
    assertSame(jpeg, Jpegs.with(jpeg, 0xfe, new byte[] {-1, -1, -1}));
    assertSame(jpeg, Pngs.joined(jpeg, "behind the end".getBytes(ISO_8859_1)));
  }

  private static void assertSame(byte[] jpeg, byte[] other) throws IOException {
    assertThat(RgbImage.decode(other).samples()).isEqualTo(RgbImage.decode(jpeg).samples());
  }

  @Test
  void decode_withoutWordOnColors_takesYccAsLibjpegDoes() throws IOException {
    byte[] jpeg = Jpegs.baseline(COLORS);

    assertSame(jpeg, Jpegs.withoutJfif(jpeg));
    assertSame(jpeg, Jpegs.withAdobe(Jpegs.withoutJfif(jpeg), 1));
    assertSame(jpeg, Jpegs.withAdobe(jpeg, 0));
  }

  @Test
  void decode_ofRgbStoredAsSuch_convertsNothing() throws IOException {
    byte[] gray = Jpegs.withoutJfif(Jpegs.baseline(constant(200, 200, 200)));

    RgbImage image = RgbImage.decode(Jpegs.withAdobe(gray, 0));

    // Gray is Y = 200, Cb = Cr = 128, which now are red, green and blue.
    assertPixel(image, 200, 128, 128);
  }

  private static BufferedImage constant(int red, int green, int blue) {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, red << 16 | green << 8 | blue);
    }
    return image;
  }

  private static void assertPixel(RgbImage image, int red, int green, int blue) {
    assertThat(image.sample(7, 7, 0)).isCloseTo(red, within(2));
    assertThat(image.sample(7, 7, 1)).isCloseTo(green, within(2));
    assertThat(image.sample(7, 7, 2)).isCloseTo(blue, within(2));
  }

  @Test
  void decode_ofFourInks_mixesThemInvertedAsPillowDoes() throws IOException {
    // Inverted inks: 255 is none, so cyan 0, magenta 1/5, yellow all, black 2/5 of the light left.
    byte[] jpeg = Jpegs.ofFourBands(16, 16, 255, 204, 0, 102);

    assertPixel(RgbImage.decode(jpeg), 102, 82, 0);
    assertPixel(RgbImage.decode(Jpegs.withAdobe(jpeg, 0)), 102, 82, 0);
  }

  @Test
  void decode_ofYcck_takesInksFromIt() throws IOException {
    // Y = 180, no chroma: libjpeg makes the inverted inks 75 of it, that is 180 of ink.
    byte[] jpeg = Jpegs.ofFourBands(16, 16, 180, 128, 128, 255);

    assertPixel(RgbImage.decode(Jpegs.withAdobe(jpeg, 2)), 75, 75, 75);
    // libjpeg takes a word it does not know for YCCK.
    assertPixel(RgbImage.decode(Jpegs.withAdobe(jpeg, 1)), 75, 75, 75);
  }

  @Test
  void decode_ofManyScans_refuses() throws IOException {
    byte[] jpeg = Jpegs.baseline(COLORS);
    byte[] scan = {-1, (byte) 0xda, 0, 2};
    byte[][] scans = new byte[101][];
    Arrays.fill(scans, scan);
    byte[] start = {-1, (byte) 0xd8};
    byte[] rest = Arrays.copyOfRange(jpeg, 2, jpeg.length);

    assertThatThrownBy(() -> RgbImage.decode(Pngs.joined(start, Pngs.joined(scans), rest)))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("Cannot decode the picture: it has more than 100 scans");
  }
}
