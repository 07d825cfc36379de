package dev.braid.vlm.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.vlm.checkpoint.SafetensorsFile;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import dev.braid.vlm.image.Preprocessor;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class ContrastiveLearnerGoldenTest {
  private static final double RATE = 1e-4;

  private ClipCheckpoint base;
  private JsonNode training;
  private ClipDefinition definition;

  @BeforeEach
  void open() throws IOException {
    base = ClipCheckpoint.open(Golden.base());
    training = new ObjectMapper().readTree(Golden.file("training.json").toFile());
    definition = ClipDefinition.of(base.files());
  }

  @Test
  void gradients_agreeWithTheReference() throws IOException {
    SafetensorsFile golden = SafetensorsFile.open(Golden.file("gradients.safetensors"));
    try (ContrastiveLearner learner = learner()) {
      for (NamedTensor gradient : learner.gradients(pixels(), labels(), prompts())) {
        String name = gradient.spec().name();
        double norm = training.get("gradient_norms").get(name).asDouble();
        double tolerance = 1e-4 * norm + 1e-6;
        assertThat(norm(gradient.values())).as(name).isCloseTo(norm, within(tolerance));
        if (golden.names().contains(name)) {
          float[] expected = golden.read(name).values();
          assertThat(distance(gradient.values(), expected)).as(name).isLessThan(tolerance);
        }
      }
    }
  }

  @Test
  void steps_lowerTheLossAsTheReferenceDoes() throws IOException {
    try (ContrastiveLearner learner = learner()) {
      for (JsonNode expected : training.get("losses")) {
        float loss = learner.step(pixels(), labels(), prompts(), RATE);
        assertThat((double) loss).isCloseTo(expected.asDouble(), within(1e-4));
      }
    }
  }

  private ContrastiveLearner learner() throws IOException {
    List<TensorSpec> trained = base.config().trained();
    TrainSettings settings = new TrainSettings(17, 20, 0, RATE, 0.2, 0.9, 0.999, 1e-8, 0, 0);
    return new ContrastiveLearner(
        base.config(), base.weights(), trained, settings, prompts().distinctIds());
  }

  private TokenBatch prompts() {
    List<String> prompts = new ArrayList<>();
    training.get("prompts").forEach(prompt -> prompts.add(prompt.asText()));
    try (ClipTokenizer tokenizer = definition.openTokenizer()) {
      return TokenBatch.of(tokenizer, prompts);
    }
  }

  private float[] pixels() throws IOException {
    Preprocessor preprocessor = definition.preprocessor();
    JsonNode names = training.get("images");
    float[] pixels = new float[names.size() * preprocessor.length()];
    for (int i = 0; i < names.size(); i++) {
      byte[] encoded = Golden.picture(names.get(i).asText());
      preprocessor.test(preprocessor.decode(encoded), pixels, i * preprocessor.length());
    }
    return pixels;
  }

  private int[] labels() {
    JsonNode labels = training.get("labels");
    int[] result = new int[labels.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = labels.get(i).asInt();
    }
    return result;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < b.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  private static double norm(float[] a) {
    return distance(new float[a.length], a);
  }
}
