package dev.braid.vlm.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.image.UndecodableImageException;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClipTest {
  private static final ClipDefinition MICRO = MicroClip.definition();

  private static Clip open() throws IOException {
    return Clip.load(MICRO, MicroClip.weights(MICRO.config(), 1));
  }

  @Test
  void encodeImages_ofMoreThanABatch_givesAUnitVectorForEach() throws IOException {
    List<byte[]> pictures = IntStream.range(0, 70).mapToObj(MicroClip::picture).toList();
    try (Clip clip = open()) {
      float[][] vectors = clip.encodeImages(pictures);

      assertThat(vectors).hasNumberOfRows(70);
      for (int i = 0; i < vectors.length; i++) {
        assertThat(length(vectors[i])).isCloseTo(1, within(1e-6));
        assertClose(vectors[i], clip.encodeImages(List.of(pictures.get(i)))[0]);
      }
    }
  }

  @Test
  void encodeTexts_doesNotDependOnTheLengthOfTheOthers() throws IOException {
    try (Clip clip = open()) {
      float[][] together = clip.encodeTexts(List.of("a", "b c d e", "f f"));

      assertClose(together[0], clip.encodeTexts(List.of("a"))[0]);
      assertClose(together[1], clip.encodeTexts(List.of("b c d e"))[0]);
      assertClose(together[2], clip.encodeTexts(List.of("f f"))[0]);
    }
  }

  @Test
  void encode_ofNothing_isNothing() throws IOException {
    try (Clip clip = open()) {
      assertThat(clip.encodeImages(List.of())).isEmpty();
      assertThat(clip.encodeTexts(List.of())).isEmpty();
    }
  }

  @Test
  void classWeights_areTheNormalisedMeanOverTheTemplates() throws IOException {
    try (Clip clip = open()) {
      float[][] weights = clip.classWeights(List.of("a", "b"), List.of("c {c}", "{c} d d"));

      float[][] prompts = clip.encodeTexts(List.of("c a", "a d d", "c b", "b d d"));
      for (int k = 0; k < 2; k++) {
        double[] mean = new double[MICRO.dimension()];
        for (int d = 0; d < mean.length; d++) {
          mean[d] = (prompts[2 * k][d] + prompts[2 * k + 1][d]) / 2.0;
        }
        double length = Math.sqrt(IntStream.range(0, 5).mapToDouble(d -> mean[d] * mean[d]).sum());
        for (int d = 0; d < mean.length; d++) {
          assertThat((double) weights[k][d]).isCloseTo(mean[d] / length, within(1e-6));
        }
      }
    }
  }

  @Test
  void encode_onManyThreads_givesTheSameBits() throws IOException {
    byte[] picture = MicroClip.picture(1);
    try (Clip clip = open()) {
      float[] image = clip.encodeImages(List.of(picture))[0];
      float[] text = clip.encodeTexts(List.of("a b"))[0];
      IntStream.range(0, 200)
          .parallel()
          .forEach(
              i -> {
                assertThat(clip.encodeTexts(List.of("a b"))[0]).isEqualTo(text);
                assertThat(encode(clip, picture)).isEqualTo(image);
              });
    }
  }

  private static float[] encode(Clip clip, byte[] picture) {
    try {
      return clip.encodeImages(List.of(picture))[0];
    } catch (UndecodableImageException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void load_ofWeightsThatLackATensor_namesIt() {
    Weights whole = MicroClip.weights(MICRO.config(), 1);
    Weights partial =
        new Weights() {
          @Override
          public List<TensorSpec> tensors() {
            return whole.tensors();
          }

          @Override
          public void forEach(Reader reader) throws IOException {
            whole.forEach(
                tensor -> {
                  if (!tensor.spec().name().equals("text_projection.weight")) {
                    reader.accept(tensor);
                  }
                });
          }
        };
    assertThatThrownBy(() -> Clip.load(MICRO, partial))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot load the model: the weights lack [text_projection.weight]");
  }

  private static double length(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  private static void assertClose(float[] actual, float[] expected) {
    for (int d = 0; d < expected.length; d++) {
      assertThat(actual[d]).isCloseTo(expected[d], within(1e-6f));
    }
  }
}
