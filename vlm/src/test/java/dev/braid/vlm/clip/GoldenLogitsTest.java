package dev.braid.vlm.clip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logits of small models by their config.json, against src/test/python/golden_logits.py. */
class GoldenLogitsTest {
  private static final int PICTURES = 4;
  private static final int PIXELS = 3 * 8 * 8;
  private static final Set<String> OTHER_SPELLINGS =
      Set.of("eos_token_id 2", "eos_token_id 2 of 49408");

  /** A model by its name, and its logits. */
  record Case(String name, JsonNode config, JsonNode logits) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (JsonNode node : golden().get("cases")) {
      cases.add(new Case(node.get("name").asText(), node.get("config"), node.get("logits")));
    }
    return cases.stream();
  }

  private static List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    golden().get("texts").forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static JsonNode golden() throws IOException {
    try (InputStream json = GoldenLogitsTest.class.getResourceAsStream("golden-logits.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(json, "golden-logits.json"));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void logits_areThoseOfPyTorch(Case model) throws IOException {
    ClipDefinition definition = MicroClip.definition(model.config().toString().getBytes(UTF_8));
    RuledWeights weights = new RuledWeights(definition.config());
    try (Clip clip = Clip.load(definition, weights)) {
      float[][] pictures = clip.encodeImages(pixels(), PICTURES);
      float[][] texts = clip.encodeTexts(texts());
      for (int i = 0; i < PICTURES; i++) {
        for (int k = 0; k < texts.length; k++) {
          double logit = weights.factor() * dot(pictures[i], texts[k]);
          assertThat(logit)
              .as("picture %s, text %s", i, k)
              .isCloseTo(model.logits().get(i).get(k).asDouble(), within(1e-5));
        }
      }
    }
  }

  /** Were a setting not taken from config.json, its case could not pass. */
  @Test
  void goldens_differWithEverySetting() throws IOException {
    List<Case> cases = new ArrayList<>(cases().toList());
    assertThat(cases).hasSizeGreaterThan(10);
    cases.removeIf(model -> OTHER_SPELLINGS.contains(model.name()));
    List<Double> first = new ArrayList<>();
    cases.forEach(model -> first.add(model.logits().get(0).get(0).asDouble()));
    first.sort(Comparator.naturalOrder());
    for (int i = 1; i < first.size(); i++) {
      assertThat(first.get(i) - first.get(i - 1)).as("%s", first).isGreaterThan(1e-3);
    }
  }

  private static float[] pixels() {
    Random random = new Random(2);
    float[] pixels = new float[PICTURES * PIXELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 4 * (random.nextFloat() - 0.5f);
    }
    return pixels;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }

  /** Around 1 for a norm's factors, 2 for the logarithm of the logits' factor, else 0. */
  private record RuledWeights(ClipConfig config) implements Weights {
    @Override
    public List<TensorSpec> tensors() {
      return config.tensors();
    }

    @Override
    public void forEach(Reader reader) throws IOException {
      Random random = new Random(1);
      for (TensorSpec tensor : tensors()) {
        boolean isFactor = tensor.name().contains("norm") && tensor.name().endsWith("weight");
        float centre = tensor.name().equals(ClipConfig.LOGIT_SCALE) ? 2 : isFactor ? 1 : 0;
        float[] values = new float[(int) tensor.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = centre + (random.nextFloat() - 0.5f);
        }
        reader.accept(new NamedTensor(tensor, values));
      }
    }

    /** The factor of the cosines; its logarithm is the first tensor. */
    double factor() {
      return Math.exp(2 + (new Random(1).nextFloat() - 0.5f));
    }
  }
}
