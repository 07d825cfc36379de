package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.Weights;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.checkpoint.SafetensorsFile;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the commands one after the other, as a team uses them, on a micro base and tiny tasks. */
class ChainTest extends CommandFixture {
  @Test
  void run_overTheLifeOfALine_learnsRefusesAndForces() throws IOException {
    init();
    add("colours");
    add("stripes");

    CommandResult learned = braid("run", "--master", "local[2]");
    assertThat(learned.code()).as(learned.text()).isZero();
    assertThat(learned.json().at("/version").intValue()).isEqualTo(2);
    String model = learned.json().at("/model").textValue();

    CommandResult again = braid("run");
    assertThat(again.code()).isZero();
    assertThat(again.text()).contains("Nothing to do");
    assertThat(again.json().at("/model").textValue()).isEqualTo(model);

    CommandResult status = braid("status");
    checkValidation(status, "colours", "stripes");

    add("lots");
    CommandResult refused = braid("run", "--master", "local[2]");
    assertThat(refused.code()).as(refused.text()).isEqualTo(5);
    assertThat(refused.json().at("/model").textValue()).isEqualTo(model);
    assertThat(refused.json().at("/decisions/0/outcome").textValue()).isEqualTo("set-aside");
    assertThat(refused.text()).contains("lots is not above chance");

    CommandResult notAgain = braid("run");
    assertThat(notAgain.code()).isZero();
    assertThat(notAgain.json().at("/version").intValue()).isEqualTo(3);
    assertThat(braid("status").text()).contains("Set aside lots: lots is not above chance");
    assertThat(braid("status").json().at("/validation")).isEqualTo(status.json().at("/validation"));
    JsonNode shown = braid("show").json();
    assertThat(shown.at("/tasks/0/classes")).hasSize(4);
    assertThat(shown.at("/set-aside/0/task").textValue()).isEqualTo("lots");
    assertThat(shown.at("/set-aside/0/reason").textValue()).contains("not above chance");

    CommandResult forced = braid("run", "--master", "local[2]", "--force", "lots");
    assertThat(forced.code()).as(forced.text()).isZero();
    assertThat(forced.json().at("/model").textValue()).isNotEqualTo(model);
    assertThat(braid("log").text()).contains("learn lots by force: lots is not above chance");
    assertThat(braid("show").text()).contains("learn lots by force: lots is not above chance");
    assertThat(braid("status").json().at("/set-aside")).isEmpty();
    checkValidation(braid("status"), "colours", "stripes", "lots");
    assertThat(braid("run", "--force", "lots").text()).contains("Nothing to do");

    Path report = folder.resolve("report.json");
    CommandResult evaluated =
        braid("evaluate", "--master", "local[2]", "--report", report.toString());
    assertThat(evaluated.code()).as(evaluated.text()).isZero();
    assertThat(evaluated.json().at("/tasks").toString())
        .isEqualTo("[\"colours\",\"stripes\",\"lots\"]");
    assertThat(evaluated.json().at("/matrix")).hasSize(4);
    assertThat(evaluated.json().at("/matrix/1/0").doubleValue()).isGreaterThan(0.9);
    checkStageSeconds(new ObjectMapper().readTree(report.toFile()).at("/stage_seconds"));
    checkReport(evaluated.json());
    CommandResult routed = braid("evaluate", "--master", "local[2]", "--protocol", "union-labels");
    assertThat(routed.text()).contains("pictures routed to their own task");
    assertThat(routed.json().at("/routed").doubleValue()).isBetween(0.3, 1.0);
    JsonNode union = report().at("/results/2");
    checkAnswers(routed, union);
    checkRoutingBench(routed.json().at("/routed").doubleValue(), union.at("/answers"));
    checkReceiptsHaveProvenance();
    checkExport("colours");
    checkExportOfTheBase();
    check(2, "train all weights", "export", "--adapter", "--task", "lots", "--to", other());
  }

  /** Checks how the last version answers where nobody names the task. */
  private void checkAnswers(CommandResult routed, JsonNode union) {
    double error = union.at("/answers/calibration_error").doubleValue();
    double pictures = sum(union.at("/answers/pictures"));
    double ofNoTask = sum(union.at("/answers/of_no_task")) / pictures;
    assertThat(pictures).isEqualTo(120);
    assertThat(error).isBetween(0.001, 0.9);
    assertThat(routed.json().at("/calibration_error").doubleValue()).isEqualTo(error);
    assertThat(routed.json().at("/of_no_task").doubleValue()).isEqualTo(ofNoTask);
    assertThat(routed.text())
        .contains(
            "ECE       %6.1f  points between confidence and accuracy".formatted(100 * error),
            "No task   %6.1f  of the pictures taken".formatted(100 * ofNoTask));
    // The classes of lots are random: its pictures are confused.
    assertThat(union.at("/most_confused")).isNotEmpty().hasSizeLessThanOrEqualTo(8);
    assertThat(union.at("/most_confused/0/of_class").longValue()).isEqualTo(10);
    assertThat(folder.resolve("report/index.html"))
        .content()
        .contains("<img src=\"data:image/png;base64,", "A test picture of kind-");
  }

  /** Checks that the benchmark finds the same routes as the last version does. */
  private void checkRoutingBench(double routed, JsonNode answers) {
    CommandResult bench = braid("bench", "routing", "--master", "local[2]");
    assertThat(bench.code()).as(bench.text()).isZero();
    double right = 0;
    for (int task = 0; task < 3; task++) {
      JsonNode row = bench.json().at("/tasks/" + task);
      double pictures = answers.at("/pictures/" + task).doubleValue();
      right += row.at("/routed").doubleValue() * pictures;
      assertThat(row.at("/flagged").doubleValue() * pictures)
          .isCloseTo(answers.at("/of_no_task/" + task).doubleValue(), within(1e-9));
      assertThat(row.at("/auroc").doubleValue()).isBetween(0.0, 1.0);
    }
    assertThat(right).isCloseTo(routed * sum(answers.at("/pictures")), within(1e-9));
    assertThat(bench.text()).contains("mean");
  }

  private static double sum(JsonNode counts) {
    double sum = 0;
    for (JsonNode count : counts) {
      sum += count.doubleValue();
    }
    return sum;
  }

  /** Checks the accuracies on validation pictures of the line's tasks. */
  private static void checkValidation(CommandResult status, String... tasks) {
    JsonNode validation = status.json().at("/validation");
    for (String protocol : List.of("known-task", "union-labels")) {
      assertThat(validation.at("/" + protocol + "/tasks").fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder(tasks);
      assertThat(validation.at("/" + protocol + "/mean").doubleValue()).isBetween(.3, 1.);
    }
    assertThat(status.text()).contains("Validated task known, ", "          task unknown, ");
  }

  /** Checks that the report has the evaluated figures and those of each task. */
  private void checkReport(JsonNode evaluated) throws IOException {
    JsonNode report = report();
    JsonNode known = report.at("/results/0");
    assertThat(known.at("/protocol").textValue()).isEqualTo("known-task");
    assertThat(known.at("/matrix")).isEqualTo(evaluated.at("/matrix"));
    assertThat(report.at("/results/1/protocol").textValue()).isEqualTo("own-labels");
    assertThat(report.at("/results/2/protocol").textValue()).isEqualTo("union-labels");
    assertThat(report.at("/results/2/routing/counts")).hasSize(3);
    assertThat(known.has("routing")).isFalse();
    assertThat(known.at("/task_figures")).hasSize(3);
    for (JsonNode task : known.at("/task_figures")) {
      assertThat(task.at("/mask_density").doubleValue()).isBetween(.1, 1.);
      assertThat(task.at("/relative_error").doubleValue()).isBetween(.01, 1.);
      assertThat(task.at("/cosine").doubleValue()).isBetween(.5, 1.);
      assertThat(task.at("/individual").doubleValue()).isBetween(0., 1.);
      assertThat(task.at("/tested").longValue()).isPositive();
    }
    assertThat(report.at("/provenance/model")).isEqualTo(braid("show").json().at("/model"));
    assertThat(report.at("/provenance").has("task colours")).isTrue();
    assertThat(folder.resolve("report/index.html"))
        .content()
        .contains("<caption>Accuracy in % under own-labels</caption>");
  }

  private JsonNode report() throws IOException {
    Path out = folder.resolve("report");
    CommandResult commandResult = braid("report", "--master", "local[2]", "--out", out.toString());
    assertThat(commandResult.code()).as(commandResult.error()).isZero();
    assertThat(commandResult.json().at("/page").textValue())
        .isEqualTo(out.resolve("index.html").toString());
    return new ObjectMapper().readTree(out.resolve("report.json").toFile());
  }

  /** Checks that the exported expert, opened like any CLIP, has the same bits as in the store. */
  private void checkExport(String task) throws IOException {
    Path exported = folder.resolve("exported");
    CommandResult commandResult = braid("export", "--task", task, "--to", exported.toString());
    assertThat(commandResult.code()).as(commandResult.error()).isZero();

    ModelStore store = ModelStore.open(StoreLocation.of(folder.resolve("store").toString()));
    Version head = store.versions(new LineId("main")).head().orElseThrow();
    Weights expert = store.weights().expert(store.records().model(head.model()), new TaskId(task));
    Map<String, float[]> expected = values(expert);
    Map<String, float[]> actual = values(ClipCheckpoint.open(exported).weights());
    assertThat(actual).containsOnlyKeys(expected.keySet());
    expected.forEach((name, values) -> assertThat(actual.get(name)).containsExactly(values));
    assertThat(values(store.weights().base()))
        .anySatisfy((name, values) -> assertThat(actual.get(name)).isNotEqualTo(values));

    JsonNode origin = new ObjectMapper().readTree(exported.resolve("braid.json").toFile());
    assertThat(origin.at("/task").textValue()).isEqualTo(task);
    assertThat(origin.at("/version").intValue()).isEqualTo(head.number());
    assertThat(origin.at("/model").textValue()).isEqualTo(head.model().toString());
    assertThat(origin.at("/class-names")).hasSize(4);
    assertThat(origin.at("/labels/0").textValue()).doesNotContain("_");
    assertThat(origin.at("/templates/0").textValue()).contains("{c}");
    checkFiles(exported, task, origin);
  }

  /** Checks the files beside the weights: the base's own, and what other programs want. */
  private static void checkFiles(Path exported, String task, JsonNode origin) throws IOException {
    Path base = Path.of(images("base"));
    assertThat(exported.resolve("LICENSE")).hasSameBinaryContentAs(base.resolve("LICENSE"));
    assertThat(exported.resolve("README.base.md"))
        .hasSameBinaryContentAs(base.resolve("README.md"));
    String prompt =
        origin.at("/templates/0").textValue().replace("{c}", origin.at("/labels/0").textValue());
    assertThat(exported.resolve("README.md"))
        .content()
        .contains("license: # fill in: see LICENSE", "# " + task, "| " + prompt + " |", " % (");
    assertThat(exported)
        .isDirectoryContaining("glob:**/vocab.json")
        .isDirectoryContaining("glob:**/merges.txt")
        .isDirectoryContaining("glob:**/preprocessor_config.json")
        .isDirectoryContaining("glob:**/processor_config.json");
    JsonNode tokenizer =
        new ObjectMapper().readTree(exported.resolve("tokenizer_config.json").toFile());
    JsonNode config = new ObjectMapper().readTree(exported.resolve("config.json").toFile());
    assertThat(tokenizer.at("/model_max_length"))
        .isEqualTo(config.at("/text_config/max_position_embeddings"));
  }

  /** Checks that the base with the exported adapter, as PEFT merges it, is the exported expert. */
  private void checkAdapter(String task) throws IOException {
    Path adapter = folder.resolve("adapter");
    CommandResult result = braid("export", "--adapter", "--task", task, "--to", adapter.toString());
    assertThat(result.code()).as(result.error()).isZero();
    JsonNode config = new ObjectMapper().readTree(adapter.resolve("adapter_config.json").toFile());
    Map<String, float[]> base = values(ClipCheckpoint.open(Path.of(images("base"))).weights());
    Map<String, float[]> expert = values(ClipCheckpoint.open(folder.resolve("exported")).weights());
    Map<String, float[]> factors =
        values(SafetensorsFile.open(adapter.resolve("adapter_model.safetensors")));
    int rank = config.at("/r").intValue();
    double scale = config.at("/lora_alpha").doubleValue() / rank;
    assertThat(factors).hasSize(2 * config.at("/target_modules").size());
    for (JsonNode target : config.at("/target_modules")) {
      String name = "base_model.model." + target.textValue();
      float[] a = Objects.requireNonNull(factors.get(name + ".lora_A.weight"));
      float[] b = Objects.requireNonNull(factors.get(name + ".lora_B.weight"));
      float[] merged = Objects.requireNonNull(base.get(target.textValue() + ".weight")).clone();
      int inputs = a.length / rank;
      for (int i = 0; i < merged.length; i++) {
        double sum = 0;
        for (int k = 0; k < rank; k++) {
          sum += (double) b[i / inputs * rank + k] * a[k * inputs + i % inputs];
        }
        merged[i] += (float) (scale * sum);
      }
      assertThat(merged)
          .usingComparatorWithPrecision(1e-7f)
          .containsExactly(expert.get(target.textValue() + ".weight"));
    }
  }

  private static Map<String, float[]> values(Weights weights) throws IOException {
    Map<String, float[]> values = new TreeMap<>();
    weights.forEach(tensor -> values.put(tensor.spec().name(), tensor.values()));
    return values;
  }

  /** Checks that a store created from the exported base has the same base. */
  private void checkExportOfTheBase() {
    String exported = folder.resolve("exported-base").toString();
    assertThat(braid("export", "--base", "--to", exported).code()).isZero();
    CommandResult created = braid("init", "--base", exported, "--store", other());
    assertThat(created.json().at("/base")).isEqualTo(braid("show").json().at("/base"));
    assertThat(Path.of(exported, "README.md"))
        .hasSameBinaryContentAs(Path.of(images("base"), "README.md"));
  }

  /**
   * Checks the stage seconds; every task is learned in the end, so all receipts of these stages
   * count.
   */
  private void checkStageSeconds(JsonNode seconds) throws IOException {
    assertThat(seconds).hasSize(4);
    for (String stage : List.of("ingest", "train", "prototypes", "merge")) {
      double sum = 0;
      try (Stream<Path> receipts = Files.list(folder.resolve("store/receipts").resolve(stage))) {
        for (Path receipt : receipts.toList()) {
          JsonNode json = new ObjectMapper().readTree(receipt.toFile());
          sum += Duration.parse(json.at("/provenance/duration").textValue()).toNanos() / 1e9;
        }
      }
      assertThat(seconds.at("/" + stage).doubleValue())
          .as(stage)
          .isPositive()
          .isCloseTo(sum, within(.01));
    }
  }

  private void checkReceiptsHaveProvenance() throws IOException {
    Path receipts = folder.resolve("store/receipts");
    assertThat(receipts.resolve("ingest")).isDirectory();
    try (Stream<Path> files = Files.walk(receipts)) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(
              file -> assertThat(file).content().contains("\"duration\"", "\"code-version\""));
    }
  }

  @Test
  void run_onAnotherMasterWithOtherPriorities_keepsOrderAndBits() {
    init();
    add("stripes");
    add("colours", "--priority", "1");
    CommandResult first = braid("run", "--master", "local[1]", "--conf", "train.round-steps=17");
    assertThat(first.code()).as(first.text()).isZero();
    assertThat(first.json().at("/decisions/0/task").textValue()).isEqualTo("colours");

    braid("init", "--base", shared.resolve("base").toString(), "--store", other());
    braid("add", "--store", other(), "--name", "colours", "--images", images("colours"));
    braid("add", "--store", other(), "--name", "stripes", "--images", images("stripes"));
    CommandResult second = braid("run", "--master", "local[2]", "--store", other());

    assertThat(second.json().at("/model")).isEqualTo(first.json().at("/model"));
  }

  @Test
  void run_withSettingsThatDoNotFitATask_letsItWait() throws IOException {
    init();
    String text = "name = colours, images = \"%s\", train { steps = 6 }";
    Path file = Files.writeString(folder.resolve("x.conf"), text.formatted(images("colours")));
    assertThat(braid("add", file.toString()).code()).isZero();

    CommandResult unfit = braid("run", "--master", "local[1]", "--conf", "train.warm-up=30");

    assertThat(unfit.code()).as(unfit.text()).isEqualTo(1);
    assertThat(unfit.error())
        .isEqualTo(
            "braid: Could not learn colours this time: The task's training settings and those under"
                + " braid.train do not fit: Invalid warm-up: 30 (0 to 6, the steps) (it waits for"
                + " the next run)\n");
    assertThat(unfit.json().at("/failed/0/task").textValue()).isEqualTo("colours");
    assertThat(braid("status").json().at("/waiting/0").textValue()).isEqualTo("colours");
    assertThat(braid("status").json().at("/set-aside")).isEmpty();
  }

  @Test
  void run_ofALineOfAdapters_learnsItsTasks() throws IOException {
    String[] lora = {"--conf", "line.train=lora", "--conf", "line.lora-rank=8"};
    assertThat(braid(with(lora, "init", "--base", images("base"))).code()).isZero();
    add("colours");
    add("stripes");

    CommandResult learned =
        braid("run", "--master", "local[2]", "--conf", "train.learning-rate=1e-2");

    assertThat(learned.code()).as(learned.text()).isZero();
    CommandResult shown = braid("show");
    assertThat(shown.json().at("/tasks")).hasSize(2);
    CommandResult evaluated = braid("evaluate", "--master", "local[2]");
    assertThat(evaluated.json().at("/matrix/1/0").doubleValue()).isGreaterThan(0.9);
    assertThat(evaluated.json().at("/last").doubleValue()).isGreaterThan(0.6);
    checkExport("stripes");
    checkAdapter("stripes");

    check(
        2,
        "braid.line.train: full (line main is lora for life",
        "run",
        "--conf",
        "line.train=full");
    check(2, "braid.line.lora-rank: 4 (line main is 8", "run", "--conf", "line.lora-rank=4");
    assertThat(braid(with(lora, "run")).text()).contains("Nothing to do");
  }

  @Test
  void commands_onALineOfPam_answerWithItsOneModel() throws IOException {
    CommandResult created =
        braid(
            "init",
            "--base",
            images("base"),
            "--strategy",
            "pam",
            "--train",
            "lora",
            "--conf",
            "line.lora-rank=8");
    assertThat(created.code()).as(created.text()).isZero();
    add("colours");
    add("stripes");
    String[] rate = {
      "--conf",
      "train.learning-rate=1e-2",
      "--conf",
      "gate.max-drop=100",
      "--conf",
      "gate.max-total-drop=100"
    };

    CommandResult learned = braid(with(rate, "run", "--master", "local[2]"));
    assertThat(learned.code()).as(learned.text()).isZero();
    assertThat(learned.json().at("/version").intValue()).isEqualTo(2);
    assertThat(braid(with(rate, "run")).text()).contains("Nothing to do");
    CommandResult shown = braid("show");
    assertThat(shown.text())
        .contains("Method    pam, every 0, reset global, share 0.5, weight 0.5\n")
        .contains("Vector    global: ");
    assertThat(shown.json().at("/settings/reset").textValue()).isEqualTo("global");
    assertThat(braid("show", "--diff", "1", "2").text()).contains("Vector    global: ");

    // One model serves pictures of known and unknown task.
    CommandResult known = braid("evaluate", "--master", "local[2]");
    CommandResult own = braid("evaluate", "--master", "local[2]", "--protocol", "own-labels");
    assertThat(known.json().at("/matrix/1/0").doubleValue()).isGreaterThan(0.9);
    assertThat(own.json().at("/matrix")).isEqualTo(known.json().at("/matrix"));
    JsonNode reported = report().at("/results/0");
    assertThat(reported.at("/matrix")).isEqualTo(known.json().at("/matrix"));
    assertThat(reported.at("/alignments/0/task").textValue()).isEqualTo("stripes");
    assertThat(reported.at("/task_figures/0").has("mask_density")).isFalse();
    assertThat(reported.has("routing")).isFalse();
    checkExport("stripes");
    String whole = folder.resolve("whole").toString();
    assertThat(braid("export", "--to", whole).text()).contains("Wrote the model of version 2");
    assertThat(values(ClipCheckpoint.open(Path.of(whole)).weights()))
        .usingRecursiveComparison()
        .isEqualTo(values(ClipCheckpoint.open(folder.resolve("exported")).weights()));

    String oneModel = "strategy pam keeps one model for all tasks";
    check(3, oneModel, "remove", "stripes");
    check(3, oneModel, "remove", "stripes", "--accept-residue");
    check(3, oneModel, "replace", "colours", "--images", images("colours"));
    check(3, oneModel, "replace", "colours", "--images", images("colours"), "--accept-residue");
    check(3, oneModel, "show", "--errors");
    check(3, oneModel, "show", "--order");
    check(
        2,
        "braid.line.pam.weight: 0.25 (line main is 0.5 for life",
        "run",
        "--conf",
        "line.pam.weight=0.25");
    check(
        2, "braid.line.strategy: condu (line main is pam", "run", "--conf", "line.strategy=condu");
    assertThat(braid("fsck").code()).isZero();
    CommandResult back = braid("rollback", "1");
    assertThat(back.code()).as(back.text()).isZero();
    assertThat(braid("show").json().at("/tasks")).hasSize(1);
  }
}
