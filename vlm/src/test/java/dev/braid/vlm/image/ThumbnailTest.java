package dev.braid.vlm.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThumbnailTest {
  @Test
  void png_ofALargeImage_isReducedWhole() throws Exception {
    RgbImage image = random(300, 200);
    RgbImage small = RgbImage.decode(Thumbnail.png(image, 96));

    assertThat(small.width()).isEqualTo(96);
    assertThat(small.height()).isEqualTo(64);
    assertThat(small.toByteArray())
        .isEqualTo(
            Bicubic.resize(image, Box.all(image), 96, 64, new Box(0, 0, 96, 64)).toByteArray());
  }

  @Test
  void png_ofASmallImage_hasItsSamples() throws Exception {
    RgbImage image = random(31, 96);

    assertThat(RgbImage.decode(Thumbnail.png(image, 96)).toByteArray())
        .isEqualTo(image.toByteArray());
  }

  @Test
  void png_ofAStrip_isOnePixelHigh() throws Exception {
    RgbImage small = RgbImage.decode(Thumbnail.png(random(2000, 3), 96));

    assertThat(small.width()).isEqualTo(96);
    assertThat(small.height()).isEqualTo(1);
  }

  @Test
  void png_ofAFileWithText_hasNone() throws Exception {
    byte[] text = Pngs.chunk("tEXt", "Comment\0taken at home".getBytes(US_ASCII));
    byte[] file = Pngs.png(1, 1, 8, Pngs.RGB, text, 1, 2, 3);
    assertThat(chunks(file)).contains("tEXt");

    assertThat(chunks(Thumbnail.png(RgbImage.decode(file), 96)))
        .containsExactly("IHDR", "IDAT", "IEND");
  }

  private static List<String> chunks(byte[] png) {
    List<String> types = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(png).position(8);
    while (bytes.hasRemaining()) {
      int length = bytes.getInt();
      byte[] type = new byte[4];
      bytes.get(type);
      types.add(new String(type, US_ASCII));
      bytes.position(bytes.position() + length + 4);
    }
    return types;
  }

  private static RgbImage random(int width, int height) {
    byte[] samples = new byte[width * height * RgbImage.CHANNELS];
    new Random(1).nextBytes(samples);
    return RgbImage.of(width, height, samples);
  }
}
