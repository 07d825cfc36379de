package dev.braid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.inference.StatisticsRouting;
import dev.braid.inference.classify.BraidModel;
import dev.braid.inference.classify.ClassifierBuilder;
import dev.braid.inference.classify.Prediction;
import dev.braid.inference.classify.Prediction.Answered;
import dev.braid.inference.statistics.Posterior;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.RoutingRule;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The command that classifies files without Spark. */
class ClassifyCommandTest extends CommandFixture {
  private static final String[] LOCAL = {"--master", "local[2]"};

  @Test
  void classify_files_saysWhatPredictionsAndProgramsSay() throws Exception {
    init();
    String picture = files("stripes").get(0);
    check(3, "Line main has no version yet", "classify", picture);
    learn();

    List<String> files = files("stripes");
    JsonNode said = classify(files);
    assertThat(said.at("/line").textValue()).isEqualTo("main");
    assertThat(said.at("/version").intValue()).isEqualTo(2);
    assertThat(said.at("/files")).hasSize(files.size());
    checkAgainstPrediction(said, images("stripes") + "/test");
    checkAgainstProgram(said, files, builder -> builder);

    JsonNode known = classify(files, "--task", "stripes", "--top", "2");
    assertThat(known.at("/files/0/tasks")).isEmpty();
    checkAgainstProgram(known, files, builder -> builder.task(new TaskId("stripes")).topK(2));
    JsonNode free = classify(files, "--classes", "red, green", "--version", "1");
    assertThat(free.at("/version").intValue()).isEqualTo(1);

    checkFilesThatCannotBeAnswered(picture);
    checkRefusals(picture);
    checkWithoutSpark(picture);
    checkRouter();
  }

  /** The exported router says what the version's own says of features that no picture has. */
  private void checkRouter() throws IOException {
    String file = folder.resolve("router.json").toString();
    assertThat(braid("export", "--router", "--to", file).code()).isZero();
    check(3, "it exists already", "export", "--router", "--to", file);
    check(2, "Give --router alone", "export", "--router", "--base", "--to", file + "2");
    JsonNode router = new ObjectMapper().readTree(Path.of(file).toFile());
    RouterReader reader = new RouterReader(router);
    ModelStore store = ModelStore.open(location());
    ModelRecord model =
        store.records().model(store.versions(LineId.MAIN).head().orElseThrow().model());
    RoutingRule.Statistics rule = (RoutingRule.Statistics) model.rule().orElseThrow();
    StatisticsRouting routing = new StatisticsRouting(store, rule);
    Random random = new Random(5);
    for (int i = 0; i < 20; i++) {
      float[] feature = new float[router.path("mean").size()];
      for (int d = 0; d < feature.length; d++) {
        feature[d] = (float) (random.nextGaussian() / Math.sqrt(feature.length));
      }
      Posterior posterior = routing.posterior(feature);
      double[] tasks = reader.tasks(feature);
      for (int t = 0; t < tasks.length; t++) {
        TaskId task = new TaskId(router.at("/tasks/" + t + "/task").textValue());
        assertThat(tasks[t]).isCloseTo(posterior.probability(task), within(1e-9));
        assertThat(router.at("/tasks/" + t + "/temperature").doubleValue())
            .isEqualTo(routing.calibration(task).temperature());
      }
      double distance = posterior.relativeDistance();
      assertThat(reader.relativeDistance(feature))
          .isCloseTo(distance, within(1e-9 * Math.max(1, Math.abs(distance))));
    }
    assertThat(router.path("threshold").doubleValue()).isEqualTo(rule.threshold());
  }

  private void learn() {
    add("colours");
    add("stripes");
    assertThat(braid(with(LOCAL, "run")).code()).isZero();
  }

  private static List<String> files(String task) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(images(task), "test"))) {
      return files.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    }
  }

  private JsonNode classify(List<String> files, String... options) {
    CommandResult done = braid(with(options, with(files.toArray(String[]::new), "classify")));
    assertThat(done.code()).as(done.error()).isZero();
    return done.json();
  }

  /** Every number of the rows that 'braid predict' writes. */
  private void checkAgainstPrediction(JsonNode said, String pictures) throws IOException {
    CommandResult done =
        braid(with(LOCAL, "predict", pictures, "--out", other(), "--format", "json"));
    assertThat(done.code()).as(done.error()).isZero();
    Map<String, JsonNode> rows = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of(other()))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode row = new ObjectMapper().readTree(line);
          if (row.has("path")) {
            rows.put(pictures + "/" + row.at("/path").textValue(), row);
          }
        }
      }
    }
    assertThat(rows).hasSize(said.at("/files").size());
    for (JsonNode file : said.at("/files")) {
      JsonNode row = Objects.requireNonNull(rows.get(file.at("/file").textValue()));
      assertThat(file.at("/of-no-task").doubleValue())
          .isEqualTo(row.at("/of_no_task").doubleValue());
      assertThat(file.at("/is-of-no-task").booleanValue())
          .isEqualTo(row.at("/is_of_no_task").booleanValue());
      assertThat(file.at("/labels")).hasSize(row.at("/top_k").size());
      for (int place = 0; place < row.at("/top_k").size(); place++) {
        JsonNode label = file.at("/labels/" + place);
        JsonNode expected = row.at("/top_k/" + place);
        assertThat(label.at("/class-name")).isEqualTo(expected.at("/label"));
        assertThat(label.at("/task")).isEqualTo(expected.at("/task"));
        assertThat(label.at("/probability").doubleValue())
            .isEqualTo(expected.at("/probability").doubleValue());
      }
    }
  }

  /** Every number that a program on the JVM gets. */
  private void checkAgainstProgram(
      JsonNode said, List<String> files, UnaryOperator<ClassifierBuilder> options)
      throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    for (String file : files) {
      pictures.add(Files.readAllBytes(Path.of(file)));
    }
    try (BraidModel model = BraidModel.open(location())) {
      List<Prediction> expected =
          options.apply(model.head(LineId.MAIN).classifier()).build().classify(pictures);
      for (int place = 0; place < expected.size(); place++) {
        Answered answered = (Answered) expected.get(place);
        JsonNode file = said.at("/files/" + place);
        assertThat(file.at("/labels/0/class-name").textValue()).isEqualTo(answered.label().name());
        assertThat(file.at("/labels/0/probability").doubleValue())
            .isEqualTo(answered.label().probability());
        assertThat(file.at("/labels")).hasSize(answered.best().size());
        assertThat(file.at("/tasks").findValues("probability"))
            .extracting(JsonNode::doubleValue)
            .containsExactlyElementsOf(
                answered.tasks().stream().map(each -> each.probability()).toList());
        assertThat(file.at("/forwards").intValue()).isEqualTo(answered.forwards());
      }
    }
  }

  private StoreLocation location() {
    return StoreLocation.of(folder.resolve("store").toString());
  }

  private void checkFilesThatCannotBeAnswered(String picture) throws IOException {
    String broken = Files.writeString(folder.resolve("broken.png"), "none").toString();
    CommandResult some =
        braid("classify", folder + "/gone.png", picture, folder.toString(), broken);
    assertThat(some.code()).isEqualTo(5);
    assertThat(some.error().lines())
        .containsExactly(
            "braid: %s/gone.png: Cannot read the picture: no such file".formatted(folder),
            "braid: %s: Cannot read the picture: it is a folder".formatted(folder),
            "braid: %s: Cannot decode the picture: it is no picture of a known format (4 bytes)"
                .formatted(broken));
    assertThat(some.json().at("/files/0/error").textValue()).contains("no such file");
    assertThat(some.json().at("/files/1/labels")).isNotEmpty();

    assertThat(braid("classify", folder + "/gone.png").code()).isEqualTo(3);
  }

  private void checkRefusals(String picture) throws IOException {
    check(
        3,
        "Line main has no version 9 ('braid log' lists them)",
        "classify",
        picture,
        "--version",
        "9");
    check(
        3, "Invalid task: birds (version 2 has learned [", "classify", picture, "--task", "birds");
    check(3, "Invalid number of labels: 0 (at least 1)", "classify", picture, "--top", "0");
    check(
        2,
        "Give --task or --classes",
        "classify",
        picture,
        "--task",
        "stripes",
        "--classes",
        "a,b");
    check(2, "Missing required parameter: 'FILE'", "classify");
  }

  /** In a process whose class path has neither Spark nor Scala. */
  private void checkWithoutSpark(String picture) throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.matches(".*/(spark-[a-z0-9-]+_2|scala-library)[^/]*\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath, Main.class.getName()));
    command.addAll(arguments("classify", picture));
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(said + Files.readString(folder.resolve("errors"))).isZero();
    assertThat(said).isEqualTo(braid("classify", picture).text());
  }
}
