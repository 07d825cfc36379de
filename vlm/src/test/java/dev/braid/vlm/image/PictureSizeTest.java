package dev.braid.vlm.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureSizeTest {
  private static byte[] drawn(String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(new BufferedImage(37, 11, BufferedImage.TYPE_INT_RGB), format, bytes))
        .isTrue();
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
  void of_everyFormat_isTheSizeOfTheDecodedPicture(String format) throws IOException {
    byte[] encoded = drawn(format);
    RgbImage decoded = RgbImage.decode(encoded);
    assertThat(PictureSize.of(encoded))
        .isEqualTo(new PictureSize(decoded.width(), decoded.height()))
        .isEqualTo(new PictureSize(37, 11));
    assertThat(PictureSize.of(encoded).pixels()).isEqualTo(407);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
  void of_truncatedFile_isASizeOrARefusal(String format) throws IOException {
    byte[] encoded = drawn(format);
    for (int length = 0; length < encoded.length; length++) {
      byte[] start = Arrays.copyOf(encoded, length);
      try {
        assertThat(PictureSize.of(start).pixels()).isPositive();
      } catch (UndecodableImageException e) {
        assertThat(e).hasMessageStartingWith("Cannot decode the picture: ");
      }
    }
  }

  @Test
  void of_unknownFormat_isRefused() {
    assertThatThrownBy(() -> PictureSize.of(new byte[100]))
        .isInstanceOf(UndecodableImageException.class);
  }
}
