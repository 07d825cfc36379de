package dev.braid.store.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.model.Digest;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.Calibration;
import dev.braid.model.record.EnsembleWeights;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.RoutingRule;
import dev.braid.model.record.RoutingRule.OfTask;
import dev.braid.model.record.RoutingRule.Prototypes;
import dev.braid.model.record.RoutingRule.Statistics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The records of models with a rule. */
final class ModelRuleTest extends ParserContract<ModelRecord> {
  private static final String START =
      """
      {"base":"1…","rescaler":"tensor-mean",""";
  private static final String RULE =
      """
      "rule":{"answers":"fused","experts":4,"kind":"statistics","sample":500,"tasks":{\
      "dtd":{"alpha":0.5,"beta":1,"statistics":"2…","temperature":0.02}},"threshold":-1.25},""";
  private static final String END =
      """
      "space":{"kind":"full","tensors":[{"name":"a","shape":[6]}]},"state":{"u":"1…"},\
      "strategy":"condu","tasks":[{"lambda":[1],"record":"1…","step":1,"task":"dtd"}],\
      "truth":"decoupled"}""";

  private static ModelRecord model(int tasks) {
    return new ModelRecord(
        new ParameterSpace(ONE, new ParameterKind.Full(), List.of(TensorSpec.of("a", 6))),
        ModelRecord.CONDU,
        MergeState.DECOUPLED,
        RescalerKind.TENSOR_MEAN,
        new TreeMap<>(Map.of(ModelRecord.UNIFIED, ONE)),
        IntStream.range(0, tasks)
            .mapToObj(task -> new Learned(name(task), ONE, task + 1, List.of(1f)))
            .toList());
  }

  private static TaskId name(int task) {
    return new TaskId(task == 0 ? "dtd" : "task-" + task);
  }

  private static Statistics rule(double threshold, Calibration... calibrations) {
    SortedMap<TaskId, OfTask> tasks = new TreeMap<>();
    for (int task = 0; task < calibrations.length; task++) {
      tasks.put(name(task), new OfTask(TWO, calibrations[task]));
    }
    return new Statistics(AnswerRule.FUSED, 4, 500, threshold, tasks);
  }

  @Override
  ModelRecord value() {
    return model(1).with(rule(-1.25, new Calibration(0.02, 0.5, 1)));
  }

  @Override
  String golden() {
    return START + RULE + END;
  }

  @Override
  byte[] toJson(ModelRecord value) {
    return ModelParser.toJson(value);
  }

  @Override
  ModelRecord fromJson(byte[] json, String file) {
    return ModelParser.fromJson(json, file);
  }

  @Override
  Set<String> optional() {
    return Set.of("rule");
  }

  @Test
  void toJson_withoutRule_isTheTextOfOlderReleases() {
    ModelRecord bare = value().withoutRule();
    String text = (START + END).replace("1…", ONE.hex());

    assertThat(toJson(bare)).asString(UTF_8).isEqualTo(text);
    assertThat(toJson(model(1))).isEqualTo(toJson(bare));
    assertThat(fromJson(text.getBytes(UTF_8), "f")).isEqualTo(bare);
  }

  @Test
  void toJson_ofPrototypes_namesTheirNumberAndWeighting() {
    ModelRecord model = model(1).with(new Prototypes(3, new EnsembleWeights.Softmax(0.1)));

    assertThat(toJson(model))
        .asString(UTF_8)
        .contains(
            """
            ,"rule":{"experts":3,"kind":"prototypes","weighting":"softmax 0.1"},\
            """);
  }

  @Property(tries = 200)
  void fromJson_ofStatistics_isTheSame(
      @ForAll AnswerRule answers,
      @ForAll @IntRange(min = 1) int experts,
      @ForAll @LongRange(min = 1) long sample,
      @ForAll double threshold,
      @ForAll @Size(min = 1, max = 5)
          List<@DoubleRange(min = 0, max = 1e9, minIncluded = false) @Scale(12) Double>
              temperatures) {
    SortedMap<TaskId, OfTask> tasks = new TreeMap<>();
    for (int task = 0; task < temperatures.size(); task++) {
      double temperature = temperatures.get(task);
      boolean isFused = answers == AnswerRule.FUSED;
      Calibration calibration =
          new Calibration(temperature, isFused ? -0. : 1, isFused ? temperature : 0);
      tasks.put(name(task), new OfTask(Digest.of("statistics of " + task), calibration));
    }
    ModelRecord model =
        model(tasks.size()).with(new Statistics(answers, experts, sample, threshold, tasks));

    assertThat(fromJson(toJson(model), "f")).isEqualTo(model);
  }

  @Property(tries = 100)
  void fromJson_ofPrototypes_isTheSame(
      @ForAll @IntRange(min = 1) int experts,
      @ForAll @DoubleRange(min = 1e-3, max = 1e3) @Scale(9) double temperature) {
    for (EnsembleWeights weights :
        List.of(
            new EnsembleWeights.Mean(),
            new EnsembleWeights.Similarity(),
            new EnsembleWeights.Softmax(temperature))) {
      ModelRecord model = model(2).with(new Prototypes(experts, weights));

      assertThat(fromJson(toJson(model), "f")).isEqualTo(model);
    }
  }

  @Test
  void fromJson_ofMinusZeros_readsTheSameRule() {
    ModelRecord model = model(1).with(rule(-0., new Calibration(0.01, -0., 1)));

    assertThat(fromJson(toJson(model), "f")).isEqualTo(model);
  }

  @Test
  void fromJson_ofARuleWithoutAField_isRefused() throws IOException {
    List<String> names = List.of("answers", "experts", "kind", "sample", "tasks", "threshold");
    for (String name : names) {
      ObjectNode model = fields();
      ((ObjectNode) model.get("rule")).remove(name);

      assertRefused(model.toString(), "field 'rule.%s' is missing".formatted(name));
    }
    for (String name : List.of("alpha", "beta", "statistics", "temperature")) {
      ObjectNode model = fields();
      ((ObjectNode) model.at("/rule/tasks/dtd")).remove(name);

      assertRefused(model.toString(), "field 'rule.tasks.dtd.%s' is missing".formatted(name));
    }
  }

  @Test
  void fromJson_ofARuleWithAFieldMore_isRefused() throws IOException {
    ObjectNode model = fields();
    ((ObjectNode) model.get("rule")).put("weighting", "mean");

    assertRefused(model.toString(), "field 'rule.weighting' is unknown");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"kind\":\"statistics\"' | '\"kind\":\"votes\"' | Invalid kind of a rule: votes"
            + " (prototypes or statistics)",
        "'\"fused\"' | '\"both\"' | Invalid answer rule: both (expert or fused)",
        "'\"fused\"' | '\"expert\"' | Invalid exponents of task dtd: 0.5 and 1.0 (1 and 0 where the"
            + " expert answers alone)",
        "'\"experts\":4' | '\"experts\":0' | Invalid experts for an unknown task: 0 (at least 1)",
        "'\"sample\":500' | '\"sample\":0' | Invalid sample of a rule: 0 pictures (at least 1)",
        "'\"threshold\":-1.25' | '\"threshold\":1e999' | Invalid threshold: Infinity (finite)",
        "'\"temperature\":0.02' | '\"temperature\":0' | Invalid temperature: 0.0 (positive)",
        "'\"temperature\":0.02' | '\"temperature\":1e999' | Invalid temperature: Infinity"
            + " (positive)",
        "'\"alpha\":0.5' | '\"alpha\":-0.5' | 'Invalid exponents: -0.5 and 1.0 (0 or more, not both"
            + " 0)'",
        "'\"alpha\":0.5,\"beta\":1' | '\"alpha\":0,\"beta\":0' | 'Invalid exponents: 0.0 and 0.0 (0"
            + " or more, not both 0)'",
        "'{\"dtd\":{' | '{\"mnist\":{' | Invalid model: a rule for tasks [mnist] (must be [dtd])",
      })
  void fromJson_ofAnInvalidRule_isRefused(String valid, String invalid, String reason) {
    assertThat(text()).contains(valid);

    assertRefused(text().replace(valid, invalid), reason);
  }

  @Test
  void fromJson_ofARuleOfNoTask_isRefused() throws IOException {
    ObjectNode model = fields();
    ((ObjectNode) model.get("rule")).putObject("tasks");

    assertRefused(model.toString(), "Invalid rule: no task (at least one)");
  }

  @ParameterizedTest
  @CsvSource({"votes", "softmax", "softmax x", "softmax ", "Mean"})
  void fromJson_ofAnUnknownWeighting_isRefused(String weighting) throws IOException {
    assertRefused(
        weighted(weighting),
        "Invalid weighting: %s (mean, similarity or softmax and a temperature)"
            .formatted(weighting));
  }

  @Test
  void fromJson_ofAWeightingOfAnotherTemperature_isRefused() throws IOException {
    assertRefused(weighted("softmax NaN"), "Invalid temperature: NaN (0.001 to 1000)");
    assertRefused(weighted("softmax 2000"), "Invalid temperature: 2000.0 (0.001 to 1000)");
  }

  private String weighted(String weighting) throws IOException {
    ObjectNode model = fields();
    model.putObject("rule").put("kind", "prototypes").put("experts", 4).put("weighting", weighting);
    return model.toString();
  }

  @Test
  void with_aRuleWhereThereIsNoExpert_isRefused() {
    RoutingRule rule = RoutingRule.OF_OLD_VERSIONS;
    ModelRecord pam =
        ModelRecord.pam(
            model(1).space(),
            new TreeMap<>(),
            new TreeMap<>(Map.of(ModelRecord.GLOBAL, TWO)),
            model(1).tasks());

    assertThatThrownBy(() -> pam.with(rule))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid model: a rule for experts (strategy pam has none)");
    assertThatThrownBy(() -> model(0).with(rule))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid model: a rule without tasks (at least one task)");
  }

  private void assertRefused(String json, String reason) {
    assertThatThrownBy(() -> fromJson(json.getBytes(UTF_8), "some/file"))
        .isInstanceOf(StoreFormatException.class)
        .hasMessage("Cannot read some/file: " + reason);
  }

  private String text() {
    return new String(toJson(value()), UTF_8);
  }
}
