package dev.braid.vlm.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BMP, GIF and TIFF. */
class OtherFormatsTest {
  private static void assertShows(byte[] encoded, BufferedImage expected) throws IOException {
    RgbImage image = RgbImage.decode(encoded);
    assertThat(image.width()).isEqualTo(expected.getWidth());
    assertThat(image.height()).isEqualTo(expected.getHeight());
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int color =
            image.sample(x, y, 0) << 16 | image.sample(x, y, 1) << 8 | image.sample(x, y, 2);
        assertThat(color).as("%s, %s", x, y).isEqualTo(expected.getRGB(x, y) & 0xffffff);
      }
    }
  }

  @Test
  void decode_ofColours_isWhatWasWritten() throws IOException {
    BufferedImage colors = OtherFormats.drawn(BufferedImage.TYPE_3BYTE_BGR);
    assertShows(OtherFormats.encoded(colors, "bmp", ""), colors);
    for (String compression : OtherFormats.COMPRESSIONS) {
      assertShows(OtherFormats.encoded(colors, "tiff", compression), colors);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bmp", "gif", "tiff"})
  void decode_ofPalette_looksItsColoursUp(String format) throws IOException {
    for (int bits : new int[] {1, 4, 8}) {
      BufferedImage indexed = OtherFormats.indexed(bits);
      assertShows(OtherFormats.encoded(indexed, format, ""), indexed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bmp", "tiff"})
  void decode_ofGray_hasItsLevels(String format) throws IOException {
    BufferedImage gray = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int level = 0; level < 256; level++) {
      gray.getRaster().setSample(level % 16, level / 16, 0, level);
    }

    RgbImage image = RgbImage.decode(OtherFormats.encoded(gray, format, ""));

    for (int level = 0; level < 256; level++) {
      assertThat(image.sample(level % 16, level / 16, 1)).isEqualTo(level);
    }
  }

  @Test
  void decode_ofFrameSmallerThanItsGif_liesOnTheCanvas() throws IOException {
    byte[] gif = OtherFormats.encoded(OtherFormats.indexed(2), "gif", "");
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(6, (short) 20);
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putShort(8, (short) 9);

    RgbImage image = RgbImage.decode(gif);

    assertThat(image.width()).isEqualTo(20);
    assertThat(image.height()).isEqualTo(9);
    assertThat(image.sample(1, 0, 1)).isEqualTo(90);
    // As Pillow fills it, with the first colour.
    assertThat(image.sample(19, 8, 0)).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"1, 13", "3, 13", "6, 7", "8, 7"})
  void decode_ofTiffThatIsTurned_isUprightUnderEveryRule(int orientation, int width)
      throws IOException {
    byte[] tiff =
        OtherFormats.encoded(OtherFormats.drawn(BufferedImage.TYPE_3BYTE_BGR), "tiff", "");
    byte[] turned = withOrientation(tiff, orientation);

    assertThat(RgbImage.decode(turned).width()).isEqualTo(width);
    assertThat(RgbImage.decode(ExifOrientation.removed(turned)).width()).isEqualTo(width);
  }

  /** The file with a copy of its directory behind it that has one entry more. */
  private static byte[] withOrientation(byte[] tiff, int orientation) {
    ByteOrder order = tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer old = ByteBuffer.wrap(tiff).order(order);
    int start = old.getInt(4);
    int entries = old.getShort(start);
    ByteBuffer file = ByteBuffer.allocate(tiff.length + 18 + 12 * entries).order(order);
    file.put(tiff).putInt(4, tiff.length);
    file.putShort((short) (entries + 1)).put(tiff, start + 2, 12 * entries);
    file.putShort((short) 274).putShort((short) 3).putInt(1).putShort((short) orientation);
    return file.array();
  }

  @Test
  void decode_ofTruncatedFiles_refuses() {
    for (byte[] whole :
        List.of(
            OtherFormats.bmps().get(0), OtherFormats.gifs().get(0), OtherFormats.tiffs().get(0))) {
      for (int length = 30; length < whole.length - 4; length += 11) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> RgbImage.decode(cut))
            .as("%s of %s bytes", length, whole.length)
            .isInstanceOf(UndecodableImageException.class)
            .hasMessageStartingWith("Cannot decode the picture: it");
      }
    }
  }

  @Test
  void decode_ofHugeClaims_refusesBeforeItAllocates() {
    byte[] gif = OtherFormats.gifs().get(0);
    int frame = new String(gif, ISO_8859_1).indexOf(',', 13 + 3 * 4);
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putInt(frame + 5, 8000 << 16 | 8000);
    assertThatThrownBy(() -> RgbImage.decode(gif))
        .hasMessage(
            "Cannot decode the picture: it says it is 8000 x 8000, but its data are too few for"
                + " that");
    byte[] bmp = OtherFormats.bmps().get(0);
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 70_000).putInt(22, 70_000);
    assertThatThrownBy(() -> RgbImage.decode(bmp))
        .hasMessage(
            "Cannot decode the picture: it says it is 70000 x 70000 (at most 67108864 pixels)");
  }
}
