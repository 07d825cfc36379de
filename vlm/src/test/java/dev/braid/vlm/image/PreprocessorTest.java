package dev.braid.vlm.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessorTest {
  private static final String SIMPLE =
      """
      {"size": 4, "crop_size": 4, "image_mean": [0, 0.5, 1], "image_std": [1, 0.5, 0.25]}
      """;

  private static Preprocessor parse(String json) {
    return Preprocessor.parse(json.replace('\'', '"').getBytes(UTF_8));
  }

  /** An image whose red values are the column and whose green values are the row. */
  private static RgbImage grid(int width, int height) {
    byte[] samples = new byte[width * height * RgbImage.CHANNELS];
    for (int pixel = 0; pixel < width * height; pixel++) {
      samples[3 * pixel] = (byte) (pixel % width);
      samples[3 * pixel + 1] = (byte) (pixel / width);
      samples[3 * pixel + 2] = (byte) 255;
    }
    return RgbImage.of(width, height, samples);
  }

  @Test
  void test_ofFittingPicture_normalisesPlaneByPlane() {
    float[] out = new float[2 + 48];

    parse(SIMPLE).test(grid(4, 4), out, 2);

    assertThat(out[2 + 3]).isEqualTo((float) (3 / 255.0));
    assertThat(out[2 + 16 + 4]).isEqualTo((float) ((1 / 255.0 - 0.5) / 0.5));
    assertThat(Arrays.copyOfRange(out, 2 + 32, 2 + 48)).containsOnly(0f);
    assertThat(Arrays.copyOf(out, 2)).containsOnly(0f);
  }

  @ParameterizedTest
  // Longer side times 4 over the shorter, truncated; then half of the excess, rounded down.
  @CsvSource({"9, 4, 2", "4, 4, 0", "5, 4, 0", "7, 4, 1", "14, 8, 1"})
  void test_ofWidePicture_keepsTheMiddle(int width, int height, int left) {
    RgbImage square = parse(SIMPLE).testSquare(grid(width, height));
    int resized = 4 * width / height;
    RgbImage whole =
        Bicubic.resize(
            grid(width, height),
            new Box(0, 0, width, height),
            resized,
            4,
            new Box(0, 0, resized, 4));

    for (int x = 0; x < 4; x++) {
      assertThat(square.sample(x, 1, 0)).isEqualTo(whole.sample(left + x, 1, 0));
    }
  }

  @Test
  void test_ofStrip_takesNoMemoryForWhatIsCutOff() {
    RgbImage strip = RgbImage.of(4_000_000, 1, new byte[12_000_000]);

    assertThat(parse("{'size': 336, 'crop_size': 336}").testSquare(strip).width()).isEqualTo(336);
  }

  @Test
  void parse_ofDefaults_isClipsPreprocessor() {
    Preprocessor preprocessor = parse("{}");
    float[] out = new float[preprocessor.length()];

    preprocessor.test(RgbImage.of(1, 1, new byte[] {-1, -1, -1}), out, 0);

    assertThat(preprocessor.imageSize()).isEqualTo(224);
    // White, by the means and deviations that OpenAI published.
    assertThat(out[0]).isEqualTo((float) ((1 - 0.48145466) / 0.26862954));
    assertThat(out[224 * 224]).isEqualTo((float) ((1 - 0.4578275) / 0.26130258));
    assertThat(out[2 * 224 * 224]).isEqualTo((float) ((1 - 0.40821073) / 0.27577711));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'do_normalize': false} | Invalid do_normalize in FILE: false (true)",
        "{'resample': 2} | Invalid resample in FILE: 2 (3, bicubic)",
        "{'rescale_factor': 1} | Invalid rescale_factor in FILE: 1 (1/255)",
        "{'size': {'height': 4, 'width': 4}} | Invalid size in FILE:"
            + " {\"height\":4,\"width\":4} (a positive whole number, or an object with"
            + " shortest_edge only)",
        "{'size': 0} | Invalid size in FILE: 0 (a positive whole number, or an object with"
            + " shortest_edge only)",
        "{'crop_size': {'height': 4, 'width': 5}} | Invalid crop_size in FILE:"
            + " {\"height\":4,\"width\":5} (a positive whole number, or an object with height"
            + " and the same width)",
        "{'size': 8, 'crop_size': 9} | Invalid crop_size in FILE: 9 (not above size, 8)",
        "{'resample': 'nearest'} | Invalid resample in FILE: \"nearest\" (3, bicubic)",
        "{'resample': null} | Invalid resample in FILE: null (3, bicubic)",
        "{'do_resize': 'no'} | Invalid do_resize in FILE: \"no\" (true)",
        "{'do_center_crop': null} | Invalid do_center_crop in FILE: null (true)",
        "{'do_convert_rgb': 1} | Invalid do_convert_rgb in FILE: 1 (true or false)",
        "{'do_pad': true} | Invalid do_pad in FILE: true (only false is supported)",
        "{'do_flip_channel_order': 'yes'} | Invalid do_flip_channel_order in FILE: \"yes\" (only"
            + " false is supported)",
        "{'use_square_size': true} | Invalid use_square_size in FILE: true (only false is"
            + " supported)",
        "{'rescale_factor': '1/255'} | Invalid rescale_factor in FILE: \"1/255\" (1/255)",
        "{'size': null} | Invalid size in FILE: null (a positive whole number, or an object with"
            + " shortest_edge only)",
        "{'size': {'shortest_edge': 32, 'longest_edge': 40}} | Invalid size in FILE:"
            + " {\"shortest_edge\":32,\"longest_edge\":40} (a positive whole number, or an object"
            + " with shortest_edge only)",
        "{'crop_size': {'height': 4, 'width': 4, 'depth': 1}} | Invalid crop_size in FILE:"
            + " {\"height\":4,\"width\":4,\"depth\":1} (a positive whole number, or an object with"
            + " height and the same width)",
        "{'image_mean': null} | Invalid image_mean in FILE: null (three numbers)",
        "{'image_processor_type': 'SiglipImageProcessor'} | Invalid image_processor_type in FILE:"
            + " \"SiglipImageProcessor\" (CLIPImageProcessor)",
        "{'image_mean': [0, 1]} | Invalid image_mean in FILE: [0,1] (three numbers)",
        "{'image_std': [0, 1, 1]} | Invalid image_std in FILE: [0,1,1] (three positive numbers)",
        "7 | Cannot read FILE: it is not a JSON object",
        "{ | Cannot read FILE: it is not JSON",
      })
  void parse_ofOtherPreprocessing_refusesInOneSentence(String json, String sentence) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence.replace("FILE", "preprocessor_config.json"));
  }

  private static float[] trained(long seed, long step, long rowId) {
    Preprocessor preprocessor = parse(SIMPLE);
    byte[] samples = new byte[30 * 26 * RgbImage.CHANNELS];
    new Random(3).nextBytes(samples);
    float[] out = new float[preprocessor.length()];
    preprocessor.train(RgbImage.of(30, 26, samples), seed, step, rowId, out, 0);
    return out;
  }

  @Test
  void train_isAFunctionOfSeedStepAndRow() {
    float[] first = trained(1, 2, 3);

    assertThat(trained(1, 2, 3)).isEqualTo(first);
    for (float[] other :
        new float[][] {trained(4, 2, 3), trained(1, 4, 3), trained(1, 2, 4), trained(2, 1, 3)}) {
      assertThat(other).isNotEqualTo(first);
    }
  }

  @Property
  void crop_liesInsideAndIsMostOfThePicture(
      @ForAll @IntRange(min = 1, max = 500) int width,
      @ForAll @IntRange(min = 1, max = 500) int height,
      @ForAll long seed) {
    Box crop = RandomCrop.draw(width, height, Draws.of(seed, 0, 0));

    assertThat(crop.left()).isBetween(0, width - crop.width());
    assertThat(crop.top()).isBetween(0, height - crop.height());
    assertThat(crop.width()).isPositive();
    assertThat(crop.height()).isPositive();
    if (width >= 40 && height >= 40 && width <= 1.3 * height && height <= 1.3 * width) {
      // Half a pixel of rounding on each side, of at least 40.
      assertThat((double) crop.width() * crop.height()).isGreaterThan(0.87 * width * height);
    }
  }

  @Test
  void crop_ofPictureTooLong_isCentredWithAnAllowedRatio() {
    assertThat(RandomCrop.draw(300, 30, Draws.of(0, 0, 0))).isEqualTo(new Box(130, 0, 40, 30));
    assertThat(RandomCrop.draw(30, 300, Draws.of(0, 0, 0))).isEqualTo(new Box(0, 130, 30, 40));
  }

  @Test
  void crop_overManyRows_usesAllPlacesAndSizes() {
    Box[] crops =
        IntStream.range(0, 2000)
            .mapToObj(row -> RandomCrop.draw(100, 100, Draws.of(7, 1, row)))
            .toArray(Box[]::new);

    assertThat(Arrays.stream(crops).mapToInt(Box::left).distinct().count()).isGreaterThan(8);
    assertThat(Arrays.stream(crops).mapToInt(Box::top).max().orElseThrow()).isGreaterThan(6);
    double area =
        Arrays.stream(crops).mapToInt(box -> box.width() * box.height()).average().orElseThrow();
    assertThat(area).isBetween(9200.0, 9800.0);
  }
}
