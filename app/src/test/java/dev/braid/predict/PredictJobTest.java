package dev.braid.predict;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.braid.inference.classify.BraidModel;
import dev.braid.inference.classify.Candidates;
import dev.braid.inference.classify.PictureClassifier;
import dev.braid.inference.classify.Prediction;
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
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions over folders, lists and tables, compared with evaluations. */
class PredictJobTest extends PredictFixture {
  @ParameterizedTest
  @ValueSource(strings = {"main", "prototypes", "pam"})
  void predict_ofAllTestPictures_isRightWhereEvaluateIs(String name) throws IOException {
    LineId line = new LineId(name);
    PredictionCounts counts =
        predict(
            new PredictInput.FolderTree(bothTests().toString()),
            model(line, new Candidates.AllLearned()));

    assertThat(counts.rows()).isEqualTo(80);
    assertThat(counts.errors()).isZero();
    assertThat(counts.forwardsPerPicture()).isBetween(1.0, 3.0);
    List<Row> all = rows();
    assertThat(all).hasSize(80);
    for (TaskId task : List.of(COLOURS, STRIPES)) {
      assertThat(right(task.name() + "/kind-", all))
          .isEqualTo(score(line, Protocol.UNION_LABELS, task).correct());
      predict(tree(task), model(line, new Candidates.OfTask(task)));
      assertThat(right("kind-", rows()))
          .isEqualTo(score(line, Protocol.KNOWN_TASK, task).correct());
      predict(tree(task), model(line, new Candidates.ClassesOf(task)));
      assertThat(right("kind-", rows()))
          .isEqualTo(score(line, Protocol.OWN_LABELS, task).correct());
    }
  }

  private static PredictInput tree(TaskId task) {
    return new PredictInput.FolderTree(test(task).toString());
  }

  /** The rows below the prefix whose label is their folder; folders are named by their classes. */
  private static long right(String prefix, List<Row> rows) {
    String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    return rows.stream()
        .filter(row -> row.<String>getAs("path").startsWith(prefix))
        .filter(
            row -> row.<String>getAs("path").startsWith(folder + row.<String>getAs("label") + "/"))
        .count();
  }

  @Test
  void predict_ofAFolder_writesWhatTheClassifierSays() throws IOException {
    predict(tree(COLOURS), model(MAIN, new Candidates.AllLearned()));

    List<Row> rows = rows();
    assertThat(rows.get(0).schema().fieldNames())
        .containsExactly(
            "path",
            "label",
            "task",
            "probability",
            "top_k",
            "of_no_task",
            "is_of_no_task",
            "model_version",
            "model_digest",
            "error",
            "part");
    try (BraidModel model = BraidModel.open(location)) {
      PictureClassifier classifier = model.head(MAIN).classifier().topK(3).build();
      List<Path> files = files(COLOURS);
      for (int i = 0; i < rows.size(); i++) {
        Row row = rows.get(i);
        Prediction.Answered said =
            (Prediction.Answered) classifier.classify(Files.readAllBytes(files.get(i)));
        assertThat(row.<String>getAs("path"))
            .isEqualTo(test(COLOURS).relativize(files.get(i)).toString());
        assertThat(row.<String>getAs("label")).isEqualTo(said.label().name());
        assertThat(row.<String>getAs("task")).isEqualTo(said.label().task().orElseThrow().name());
        assertThat(row.<Double>getAs("probability"))
            .isCloseTo(said.label().probability(), within(1e-4));
        assertThat(row.<Double>getAs("of_no_task"))
            .isCloseTo(said.ofNoTask().orElseThrow(), within(1e-2));
        assertThat(row.getList(row.fieldIndex("top_k"))).hasSize(said.best().size());
        assertThat(row.<Integer>getAs("model_version")).isEqualTo(head(MAIN).number());
        assertThat(row.<String>getAs("model_digest")).isEqualTo(head(MAIN).model().toString());
        assertThat(row.isNullAt(row.fieldIndex("error"))).isTrue();
      }
    }
  }

  @Test
  void predict_overFreeNames_asksTheBaseAboutPicturesOfNoTask() throws IOException {
    PredictionCounts counts =
        predict(
            new PredictInput.FolderTree(bothTests().toString()),
            model(MAIN, Candidates.Names.of(List.of("red", "green", "blue"))));

    assertThat(rows())
        .hasSize(80)
        .allSatisfy(
            row -> {
              assertThat(row.<String>getAs("label")).isIn("red", "green", "blue");
              assertThat(row.isNullAt(row.fieldIndex("task")))
                  .isEqualTo(row.<Boolean>getAs("is_of_no_task"));
            });
    assertThat(counts.toBase()).isEqualTo(counts.ofNoTask());
  }

  @Test
  void predict_ofBrokenPictures_saysWhyInTheirRows() throws IOException {
    Path pictures = folder.resolve("broken");
    Files.createDirectories(pictures);
    byte[] intact = Files.readAllBytes(files(COLOURS).get(0));
    Files.write(pictures.resolve("a.png"), intact);
    Files.write(pictures.resolve("b-empty.png"), new byte[0]);
    Files.write(pictures.resolve("c-cut.png"), Arrays.copyOf(intact, intact.length / 2));
    Files.write(pictures.resolve("d-huge.png"), png(10_000, 10_001));
    Files.write(pictures.resolve("e.png"), intact);
    Path list = folder.resolve("list.txt");
    Files.writeString(
        list,
        "\ufeffbroken/a.png\n\nbroken/gone.png\n%s\nbroken\n".formatted(pictures.resolve("e.png")));

    PredictionCounts counts =
        predict(
            new PredictInput.FolderTree(pictures.toString()),
            model(MAIN, new Candidates.AllLearned()));
    assertThat(counts.errors()).isEqualTo(3);
    assertThat(rows())
        .extracting(row -> row.<String>getAs("error"))
        .satisfiesExactly(
            ok -> assertThat(ok).isNull(),
            empty -> assertThat(empty).contains("(0 bytes)"),
            cut -> assertThat(cut).contains("truncated"),
            huge -> assertThat(huge).contains("10000 x 10001"),
            ok -> assertThat(ok).isNull());
    assertThat(rows().get(1).isNullAt(1)).isTrue();

    predict(
        new PredictInput.PathList(list.toString()), model(MAIN, new Candidates.OfTask(COLOURS)));
    assertThat(rows())
        .extracting(row -> row.getString(0), row -> row.<String>getAs("error"))
        .satisfiesExactlyInAnyOrder(
            row -> assertThat(row.toList()).containsExactly("broken/a.png", null),
            row -> assertThat(row.toList().get(1)).asString().contains("no such file"),
            row -> assertThat(row.toList()).containsExactly(pictures + "/e.png", null),
            row -> assertThat(row.toList().get(1)).asString().contains("it is a folder"));
  }

  @Test
  void predict_ofAnOddFolder_losesNothing() throws Exception {
    Path pictures = Files.createDirectories(folder.resolve("grün"));
    Path picture = files(COLOURS).get(0);
    Files.copy(picture, pictures.resolve("a 12:00:00.png"));
    Files.createSymbolicLink(pictures.resolve("b.png"), folder.resolve("none"));
    assertThat(new ProcessBuilder("mkfifo", pictures.resolve("c.png").toString()).start().waitFor())
        .isZero();
    Files.writeString(pictures.resolve("Thumbs.db"), "");
    predict(
        new PredictInput.FolderTree(pictures.toString()), model(MAIN, new Candidates.AllLearned()));
    assertThat(rows())
        .extracting(row -> row.getString(0) + ": " + row.<String>getAs("error"))
        .containsExactly(
            "a 12:00:00.png: null",
            "b.png: Cannot read the picture: it is a link to nothing",
            "c.png: Cannot read the picture: it is no regular file (a pipe, socket or device)");

    predict(
        new PredictInput.FolderTree(picture.toString()), model(MAIN, new Candidates.AllLearned()));
    assertThat(rows())
        .extracting(row -> row.getString(0))
        .containsExactly(picture.getFileName().toString());

    Files.createDirectory(Path.of(URI.create(pictures.toUri() + "b%FCck")));
    assertThatThrownBy(
            () ->
                predict(
                    new PredictInput.FolderTree(pictures.toString()),
                    model(MAIN, new Candidates.AllLearned())))
        .hasMessage(
            "Cannot read pictures from %s: the name b\\xfcck is not UTF-8; rename it", pictures);
  }

  /** The beginning of a PNG of this size. */
  private static byte[] png(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(8 + 25 + 12);
    header.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    byte[] fields =
        ByteBuffer.allocate(17)
            .put("IHDR".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    header.putInt(13).put(fields).putInt(crc(fields));
    byte[] end = "IEND".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    return header.putInt(0).put(end).putInt(crc(end)).array();
  }

  private static int crc(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return (int) sum.getValue();
  }

  @Test
  void predict_ofATable_keepsItsColumns() throws IOException {
    String table = folder.resolve("table").toString();
    table().write().partitionBy("day").parquet(table);
    PredictedModel model = model(MAIN, new Candidates.AllLearned());

    predict(new PredictInput.Table(table, "image", Optional.empty()), model);
    Dataset<Row> all = session.read().parquet(out()).orderBy("id");
    assertThat(all.columns()).startsWith("id", "input_label", "day", "label", "task");
    assertThat(all.collectAsList()).hasSize(41);
    Row broken = all.collectAsList().get(40);
    assertThat(broken.<String>getAs("error")).contains("the row has none");
    assertThat(broken.<String>getAs("input_label")).isEqualTo("none");
    assertThat(right(all.collectAsList()))
        .isEqualTo(score(MAIN, Protocol.UNION_LABELS, COLOURS).correct());

    String nested = folder.resolve("nested").toString();
    table()
        .select(
            col("id"),
            col("label"),
            struct(col("image").as("bytes"), col("day").as("path")).as("image"))
        .write()
        .parquet(nested);
    leaveFileOfLostWriter(Path.of(nested));
    predict(new PredictInput.Table(nested, "image", Optional.of(List.of("id"))), model);
    Dataset<Row> kept = session.read().parquet(out());
    assertThat(kept.columns()).startsWith("id", "label", "task");
    assertThat(kept.count()).isEqualTo(41);
    assertThat(PredictJob.isTable(nested, location)).isTrue();
    assertThat(PredictJob.isTable(test(COLOURS).toString(), location)).isFalse();
  }

  private static long right(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.<String>getAs("input_label").equals(row.<String>getAs("label")))
        .count();
  }

  /** The test pictures of the colours with their class names, and a row without a picture. */
  private static Dataset<Row> table() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Path file : files(COLOURS)) {
      String label = String.valueOf(file.getParent().getFileName());
      rows.add(
          RowFactory.create(rows.size(), label, Files.readAllBytes(file), "d" + rows.size() % 3));
    }
    rows.add(RowFactory.create(rows.size(), "none", null, "d0"));
    return session.createDataFrame(
        rows,
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("label", DataTypes.StringType)
            .add("image", DataTypes.BinaryType)
            .add("day", DataTypes.StringType));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CSV", "JSON"})
  void predict_asText_hasTheSameRows(String format) {
    PredictRequest request =
        new PredictRequest(
            tree(COLOURS),
            model(MAIN, new Candidates.AllLearned()),
            OutputFormat.valueOf(format),
            out(),
            Existing.RESUME);
    PredictionCounts counts =
        new PredictJob(spark, location, SETTINGS).run(request, ProgressListener.SILENT);

    Dataset<Row> read =
        session
            .read()
            .format(format.toLowerCase(java.util.Locale.ROOT))
            .option("header", "true")
            .load(out());
    assertThat(read.count()).isEqualTo(counts.rows());
    assertThat(read.columns()).contains("path", "label", "top_k");
  }

  @Test
  void predict_interrupted_keepsFinishedPartsAndGivesTheSameRows() throws IOException {
    PredictInput both = new PredictInput.FolderTree(bothTests().toString());
    PredictedModel model = model(MAIN, new Candidates.AllLearned());
    PredictionCounts undisturbed = predict(both, model);
    List<String> expected = rows().stream().map(Row::toString).toList();

    PredictJob job = new PredictJob(spark, location, SETTINGS);
    assertThatThrownBy(() -> job.run(request(both, model), stopAfter("part 2 of 3")))
        .hasMessage("stopped");
    Path parts = Path.of(out());
    Path first = parts.resolve("part=00000");
    List<String> kept = names(first);
    Files.copy(firstFile(first), leftOver(parts.resolve("part=00002")));
    assertThat(parts.resolve("_SUCCESS")).doesNotExist();

    PredictRequest again =
        new PredictRequest(both, model, OutputFormat.PARQUET, out(), Existing.RESUME);
    assertThat(job.run(again, ProgressListener.SILENT)).isEqualTo(undisturbed);
    assertThat(rows().stream().map(Row::toString)).containsExactlyElementsOf(expected);
    assertThat(names(first)).isEqualTo(kept);

    assertThatThrownBy(() -> job.run(again, ProgressListener.SILENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it has a finished prediction");
  }

  @Test
  void predict_intoTheUnfinishedOutputOfAnother_isRefused() throws IOException {
    PredictInput both = new PredictInput.FolderTree(bothTests().toString());
    PredictJob job = new PredictJob(spark, location, SETTINGS);
    assertThatThrownBy(
            () ->
                job.run(
                    request(both, model(MAIN, new Candidates.AllLearned())),
                    stopAfter("part 1 of 3")))
        .hasMessage("stopped");
    PredictRequest other =
        new PredictRequest(
            both,
            model(MAIN, Candidates.Names.of(List.of("red"))),
            OutputFormat.PARQUET,
            out(),
            Existing.RESUME);
    assertThatThrownBy(() -> job.run(other, ProgressListener.SILENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unfinished prediction with version");

    PredictSettings otherCut =
        new PredictSettings(
            SETTINGS.batch(),
            SETTINGS.batchBytes(),
            SETTINGS.openExperts(),
            SETTINGS.rowsPerPart() + 1,
            SETTINGS.bytesPerPart());
    assertThatThrownBy(
            () ->
                new PredictJob(spark, location, otherCut)
                    .run(
                        new PredictRequest(
                            both,
                            model(MAIN, new Candidates.AllLearned()),
                            OutputFormat.PARQUET,
                            out(),
                            Existing.RESUME),
                        ProgressListener.SILENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unfinished prediction with version");
  }

  /** Copies a file of a table to where a writer that was lost leaves its own. */
  private static void leaveFileOfLostWriter(Path table) throws IOException {
    Path lost = Files.createDirectories(table.resolve("_temporary/0"));
    try (Stream<Path> files = Files.list(table)) {
      Path file =
          files.filter(each -> each.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.copy(file, lost.resolve("part-0.parquet"));
    }
  }

  private static ProgressListener stopAfter(String part) {
    return new ProgressListener() {
      @Override
      public void say(String line) {
        if (line.startsWith(part)) {
          throw new IllegalStateException("stopped");
        }
      }

      @Override
      public void training(String label, int step, int steps, float loss) {}
    };
  }

  private static Path firstFile(Path part) throws IOException {
    try (var files = Files.list(part)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  private static List<String> names(Path part) throws IOException {
    try (var files = Files.list(part)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private static Path leftOver(Path part) throws IOException {
    Files.createDirectories(part);
    return part.resolve("part-00000-left.snappy.parquet");
  }
}
