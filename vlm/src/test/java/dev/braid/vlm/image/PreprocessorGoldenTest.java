package dev.braid.vlm.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.vlm.checkpoint.SafetensorsFile;
import dev.braid.vlm.clip.Golden;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("real")
class PreprocessorGoldenTest {
  private static final int SIZE = 64;
  private static final int BYTES = SIZE * SIZE * RgbImage.CHANNELS;

  static Stream<String> pictures() throws IOException {
    return SafetensorsFile.open(Golden.file("pixels.safetensors")).names().stream();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void test_onReferencePicture_givesThePixelsOfPillow(String name) throws IOException {
    Preprocessor preprocessor =
        Preprocessor.parse(Files.readAllBytes(Golden.base().resolve("preprocessor_config.json")));

    RgbImage square = preprocessor.testSquare(preprocessor.decode(Golden.picture(name)));

    assertThat(square.samples()).isEqualTo(expected(name));
  }

  /** The file's tensors are bytes, all of one length, in the order of their names. */
  private static byte[] expected(String name) throws IOException {
    byte[] pixels = new byte[BYTES];
    long index = pictures().toList().indexOf(name);
    long count = pictures().count();
    try (RandomAccessFile file =
        new RandomAccessFile(Golden.file("pixels.safetensors").toFile(), "r")) {
      file.seek(file.length() - (count - index) * BYTES);
      file.readFully(pixels);
    }
    return pixels;
  }
}
