package dev.braid.vlm.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ImageDecoderTest {
  private static final BufferedImage DRAWN = Jpegs.drawn(40, 30, BufferedImage.TYPE_INT_RGB);

  private static byte[] png() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(DRAWN, "png", bytes);
    return bytes.toByteArray();
  }

  @Test
  void decode_ofTruncatedPictures_refuses() throws IOException {
    for (byte[] whole : List.of(png(), Jpegs.baseline(DRAWN), Jpegs.progressive(DRAWN))) {
      for (int length = 0; length < whole.length; length += 7) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> RgbImage.decode(cut))
            .as("%s of %s bytes", length, whole.length)
            .isInstanceOf(UndecodableImageException.class)
            .hasMessageMatching(
                "Cannot decode the picture: it is (truncated|empty|no picture of a known format)"
                    + " .*");
      }
    }
  }

  @Test
  void decode_ofDamagedPictures_decodesOrRefuses() throws IOException {
    Random random = new Random(5);
    for (byte[] whole : List.of(png(), Jpegs.baseline(DRAWN), Jpegs.progressive(DRAWN))) {
      for (int trial = 0; trial < 150; trial++) {
        byte[] damaged = whole.clone();
        for (int i = 0; i <= trial % 4; i++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        Throwable answer = catchThrowable(() -> RgbImage.decode(damaged));
        if (answer != null) {
          assertThat(answer)
              .isInstanceOf(UndecodableImageException.class)
              .hasMessageStartingWith("Cannot decode the picture: it");
        }
      }
    }
  }

  @Test
  void decode_ofShortData_refuses() {
    byte[] onePixelOfFour = Pngs.png(2, 1, 8, Pngs.GRAY, new byte[0], 9);

    assertThatThrownBy(() -> RgbImage.decode(onePixelOfFour))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("Cannot decode the picture: its data is damaged");
  }

  @Test
  void decode_ofDamagedChecksum_refuses() throws IOException {
    byte[] damaged = png();
    damaged[damaged.length - 20]++;

    assertThatThrownBy(() -> RgbImage.decode(damaged))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessageContaining("checksum of IDAT");
  }

  @Test
  void decode_ofHugePictures_refusesBeforeUnpacking() throws IOException {
    byte[] png = Pngs.png(60_000, 50_000, 1, Pngs.GRAY, new byte[0], new int[50_000]);
    byte[] jpeg = Jpegs.baseline(DRAWN);
    int frame = indexOf(jpeg, 0xff, 0xc0);
    Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xff);

    assertThatThrownBy(() -> RgbImage.decode(png))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "Cannot decode the picture: it says it is 60000 x 50000 (at most 67108864 pixels)");
    assertThatThrownBy(() -> RgbImage.decode(jpeg))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "Cannot decode the picture: it says it is 65535 x 65535 (at most 67108864 pixels)");
  }

  @Test
  void decode_ofStripThatNoSquareComesFrom_refuses() {
    byte[] strip = Pngs.png(1_048_577, 1, 1, Pngs.GRAY, new byte[0], new int[131_073]);

    assertThatThrownBy(() -> RgbImage.decode(strip))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage(
            "Cannot decode the picture: it says it is 1048577 x 1 (at most 1048576 a side)");
  }

  @Test
  void decode_ofSizeThatTheDataCannotHold_refusesBeforeUnpacking() {
    byte[] png = Pngs.png(8192, 8192, 16, Pngs.RGB, new byte[0], new int[8192]);

    assertThatThrownBy(() -> RgbImage.decode(png))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessageMatching(
            "Cannot decode the picture: it says it is 8192 x 8192, but its \\d+ bytes of data are"
                + " too few for that");
  }

  private static int indexOf(byte[] bytes, int first, int second) {
    return IntStream.range(0, bytes.length - 1)
        .filter(i -> (bytes[i] & 0xff) == first && (bytes[i + 1] & 0xff) == second)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "'', it is empty (0 bytes)",
    "a text, it is no picture of a known format (6 bytes)",
    "RIFF....WEBPVP8L, 'it is a WebP, which Braid does not read (convert it, for instance: magick"
        + " NAME NAME.png)'",
    "....ftypavif...., 'it is an AVIF, which Braid does not read (convert it, for instance: magick"
        + " NAME NAME.png)'",
  })
  void decode_ofOtherBytes_namesThemAndSaysWhatToDo(String text, String why) {
    assertThatThrownBy(() -> RgbImage.decode(text.getBytes(US_ASCII)))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("Cannot decode the picture: " + why);
  }

  @Test
  void decode_onManyThreads_givesTheSamePictures() throws IOException {
    byte[] png = png();
    byte[] jpeg = Jpegs.progressive(DRAWN);
    byte[] fromPng = RgbImage.decode(png).samples();
    byte[] fromJpeg = RgbImage.decode(jpeg).samples();

    long different =
        IntStream.range(0, 400)
            .parallel()
            .filter(
                i ->
                    !Arrays.equals(
                        decoded(i % 2 == 0 ? png : jpeg), i % 2 == 0 ? fromPng : fromJpeg))
            .count();

    assertThat(different).isZero();
  }

  private static byte[] decoded(byte[] encoded) {
    try {
      return RgbImage.decode(encoded).samples();
    } catch (UndecodableImageException e) {
      throw new AssertionError(e);
    }
  }
}
