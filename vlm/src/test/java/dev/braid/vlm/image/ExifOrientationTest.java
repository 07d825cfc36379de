package dev.braid.vlm.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExifOrientationTest {
  private static final String XMP_MARK = "http://ns.adobe.com/xap/1.0/\0";

  /** Three columns, two rows: 1 2 3 above 4 5 6. */
  private static byte[] encoded(String format) {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 6; i++) {
      image.setRGB(i % 3, i / 3, (i + 1) * 0x202020);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] inserted(byte[] file, int at, byte[] part) {
    return ByteBuffer.allocate(file.length + part.length)
        .put(file, 0, at)
        .put(part)
        .put(file, at, file.length - at)
        .array();
  }

  /** A directory with another tag, then the orientation. */
  private static byte[] exif(int orientation, ByteOrder order) {
    return ByteBuffer.allocate(38)
        .put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(ISO_8859_1))
        .order(order)
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 2)
        .putShort((short) 0x0100)
        .putShort((short) 4)
        .putInt(1)
        .putInt(99)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .array();
  }

  private static byte[] jpeg(String mark, byte[] content) {
    byte[] header = mark.getBytes(ISO_8859_1);
    byte[] segment =
        ByteBuffer.allocate(4 + header.length + content.length)
            .putShort((short) 0xffe1)
            .putShort((short) (2 + header.length + content.length))
            .put(header)
            .put(content)
            .array();
    return inserted(encoded("jpg"), 2, segment);
  }

  private static byte[] png(String type, byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(type.getBytes(ISO_8859_1));
    sum.update(content);
    byte[] chunk =
        ByteBuffer.allocate(12 + content.length)
            .putInt(content.length)
            .put(type.getBytes(ISO_8859_1))
            .put(content)
            .putInt((int) sum.getValue())
            .array();
    return inserted(encoded("png"), 33, chunk);
  }

  private static String rows(RgbImage image) {
    StringBuilder rows = new StringBuilder();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        rows.append(Math.round(image.sample(x, y, 0) / 32.0));
      }
      rows.append(y < image.height() - 1 ? "/" : "");
    }
    return rows.toString();
  }

  @ParameterizedTest
  // As Pillow's exif_transpose turns 123/456.
  @CsvSource({
    "0, 123/456",
    "1, 123/456",
    "2, 321/654",
    "3, 654/321",
    "4, 456/123",
    "5, 14/25/36",
    "6, 41/52/63",
    "7, 63/52/41",
    "8, 36/25/14",
    "9, 123/456"
  })
  void decode_ofEachOrientation_isUpright(int orientation, String expected) throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      byte[] png = png("eXIf", exif(orientation, order));

      assertThat(rows(RgbImage.decode(png))).isEqualTo(expected);
      assertThat(rows(RgbImage.decode(ExifOrientation.removed(png)))).isEqualTo("123/456");
      assertThat(ExifOrientation.isTurned(png)).isEqualTo(orientation > 1 && orientation < 9);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 8})
  void decode_ofJpeg_turnsIt(int orientation) throws IOException {
    byte[] jpeg = jpeg("Exif\0\0", exif(orientation, ByteOrder.BIG_ENDIAN));
    RgbImage upright = RgbImage.decode(jpeg);

    assertThat(new int[] {upright.width(), upright.height()}).containsExactly(2, 3);
    RgbImage stored = RgbImage.decode(ExifOrientation.removed(jpeg));
    assertThat(stored.toByteArray()).isEqualTo(RgbImage.decode(encoded("jpg")).toByteArray());
    assertThat(upright.toByteArray()).isEqualTo(stored.turned(orientation).toByteArray());
  }

  @Test
  void decode_ofXmpAlone_turnsAsItSays() throws IOException {
    byte[] attribute = "<x tiff:Orientation=\"6\"/>".getBytes(ISO_8859_1);
    byte[] element = "<tiff:Orientation>8</tiff:Orientation>".getBytes(ISO_8859_1);

    assertThat(ExifOrientation.of(jpeg(XMP_MARK, attribute))).isEqualTo(6);
    assertThat(ExifOrientation.of(jpeg(XMP_MARK, element))).isEqualTo(8);
    byte[] removed = ExifOrientation.removed(jpeg(XMP_MARK, element));
    assertThat(ExifOrientation.isTurned(removed)).isFalse();
    assertThat(RgbImage.decode(removed).width()).isEqualTo(3);
    // EXIF data come first, even if they say that the image is upright.
    byte[] both =
        inserted(
            jpeg(XMP_MARK, element),
            2,
            Arrays.copyOfRange(jpeg("Exif\0\0", exif(1, ByteOrder.LITTLE_ENDIAN)), 2, 50));
    assertThat(ExifOrientation.isTurned(both)).isFalse();
  }

  @Test
  void removed_ofUprightImages_isTheSameArray() {
    for (byte[] file :
        new byte[][] {encoded("png"), encoded("jpg"), new byte[0], "RIFF".getBytes(ISO_8859_1)}) {
      assertThat(ExifOrientation.removed(file)).isSameAs(file);
    }
  }

  @Test
  void isTurned_ofDamagedData_neverThrows() {
    Random random = new Random(1);
    for (byte[] file :
        new byte[][] {
          png("eXIf", exif(6, ByteOrder.LITTLE_ENDIAN)),
          jpeg("Exif\0\0", exif(6, ByteOrder.BIG_ENDIAN))
        }) {
      for (int i = 0; i < 20_000; i++) {
        byte[] damaged = Arrays.copyOf(file, 2 + random.nextInt(file.length - 1));
        for (int change = random.nextInt(4); change >= 0; change--) {
          damaged[random.nextInt(Math.min(90, damaged.length))] = (byte) random.nextInt(256);
        }
        assertThat(ExifOrientation.removed(damaged)).hasSameSizeAs(damaged);
      }
    }
  }
}
