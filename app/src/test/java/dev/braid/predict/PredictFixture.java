package dev.braid.predict;

import dev.braid.Braid;
import dev.braid.demo.base.MicroBase;
import dev.braid.demo.base.TinyTask;
import dev.braid.driver.line.EvaluationSets;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.classify.Candidates;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.evaluate.EvaluationSpec;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.predict.OutputFormat;
import dev.braid.jobs.predict.PredictInput;
import dev.braid.jobs.predict.PredictJob;
import dev.braid.jobs.predict.PredictRequest;
import dev.braid.jobs.predict.PredictRequest.Existing;
import dev.braid.jobs.predict.PredictSettings;
import dev.braid.jobs.predict.PredictedModel;
import dev.braid.jobs.predict.PredictionCounts;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.LineId;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Score;
import dev.braid.model.record.Version;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsLoader;
import dev.braid.settings.TaskFile;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A store with two tiny tasks on a line for each rule, and the Spark session that learned them. */
abstract class PredictFixture {
  /** By statistics. */
  static final LineId MAIN = LineId.MAIN;

  static final LineId PROTOTYPES = new LineId("prototypes");
  static final LineId PAM = new LineId("pam");

  static final TaskId COLOURS = new TaskId("colours");
  static final TaskId STRIPES = new TaskId("stripes");
  static final PredictSettings SETTINGS = new PredictSettings(64, 1 << 20, 1, 30, 1 << 30);

  @TempDir static Path shared;
  @TempDir Path folder;
  static SparkSession session;
  static JavaSparkContext spark;
  static StoreLocation location;
  static ModelStore store;

  @BeforeAll
  static void learn() throws IOException {
    session = SparkSessions.open("local[2]", Map.of());
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    location = StoreLocation.of(shared.resolve("store").toString());
    MicroBase.writeTo(shared.resolve("base"));
    Braid.create(settings(MAIN), shared.resolve("base"));
    TinyTask.COLOURS.write(shared.resolve("pictures/colours"));
    TinyTask.STRIPES.write(shared.resolve("pictures/stripes"));
    learn(settings(MAIN));
    learn(settings(PROTOTYPES, "routing.rule=prototypes"));
    learn(settings(PAM, "line.strategy=pam"));
    store = ModelStore.open(location);
  }

  static Settings settings(LineId line, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "store.root=" + location.root(),
                "line.name=" + line,
                "train.steps=40",
                "train.warm-up=5",
                "train.batch=8",
                "train.learning-rate=1e-3",
                "store.shard-length=131072",
                "store.row-length=65536"));
    all.addAll(List.of(more));
    return SettingsLoader.load(all.toArray(String[]::new));
  }

  private static void learn(Settings settings) {
    try (Braid braid = Braid.open(settings, session)) {
      if (braid.line().id().equals(MAIN)) { // all lines share the inbox
        for (TaskId task : List.of(COLOURS, STRIPES)) {
          braid.add(TaskFile.of(task.name(), shared.resolve("pictures/" + task).toString()));
        }
      }
      var unused = braid.run();
    }
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  static Version head(LineId line) {
    return store.versions(line).head().orElseThrow();
  }

  /** The test pictures of a task. */
  static Path test(TaskId task) {
    return shared.resolve("pictures/" + task + "/test");
  }

  static List<Path> files(TaskId task) throws IOException {
    try (Stream<Path> files = Files.walk(test(task))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** A folder with the test pictures of both tasks, which names them first. */
  Path bothTests() throws IOException {
    Path both = folder.resolve("both");
    for (TaskId task : List.of(COLOURS, STRIPES)) {
      for (Path file : files(task)) {
        Path copy = both.resolve(task.name()).resolve(test(task).relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return both;
  }

  /** The scores of the head of a line on the test pictures of each task. */
  static Score score(LineId line, Protocol protocol, TaskId task) {
    List<EvaluationSet> sets =
        EvaluationSets.of(store, store.records().model(head(line).model())).stream()
            .filter(set -> set.task().equals(task))
            .toList();
    return new EvaluateJob(spark, location)
        .run(head(line).model(), EvaluationSpec.of(protocol, Split.TEST), sets)
        .get(0);
  }

  static PredictedModel model(LineId line, Candidates candidates) {
    return new PredictedModel(head(line).number(), head(line).model(), candidates, 3);
  }

  PredictRequest request(PredictInput input, PredictedModel model) {
    return new PredictRequest(input, model, OutputFormat.PARQUET, out(), Existing.OVERWRITE);
  }

  String out() {
    return folder.resolve("out").toString();
  }

  PredictionCounts predict(PredictInput input, PredictedModel model) {
    return new PredictJob(spark, location, SETTINGS)
        .run(request(input, model), ProgressListener.SILENT);
  }

  List<Row> rows() {
    return session.read().parquet(out()).orderBy("path").collectAsList();
  }
}
