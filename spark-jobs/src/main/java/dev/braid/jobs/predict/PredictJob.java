package dev.braid.jobs.predict;

import dev.braid.inference.classify.BraidModel;
import dev.braid.inference.classify.Candidates;
import dev.braid.jobs.encode.EncodeJob;
import dev.braid.jobs.encode.EncodeRequest;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Check;
import dev.braid.store.StageVersion;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.JsonObject;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Classifies the pictures of an input and writes one row for each of its rows.
 *
 * <p>The input is cut into parts that do not depend on the cluster. Each part is one Spark job
 * whose files Spark's committer puts in place together. A job that is interrupted anywhere is
 * simply run again: it keeps the finished parts.
 */
public final class PredictJob {
  /* Raised whenever the same pictures get other rows than before: an unfinished output of the old
   * number is not continued. */
  private static final StageVersion STAGE = new StageVersion("predict", 1);

  private static final String COMMITTER = "mapreduce.fileoutputcommitter.algorithm.version";

  private final JavaSparkContext spark;
  private final StoreLocation store;
  private final PredictSettings settings;

  public PredictJob(JavaSparkContext spark, StoreLocation store, PredictSettings settings) {
    this.spark = spark;
    this.store = store;
    this.settings = settings;
  }

  /** Whether an input is a table: a Parquet file, or a folder whose first file is one. */
  public static boolean isTable(String root, StoreLocation store) {
    return InputPlanner.isTable(root, store.options());
  }

  /**
   * Classifies all pictures.
   *
   * @throws IllegalArgumentException if the input, the candidates or the output cannot be used;
   *     nothing was written then
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; run it again
   */
  public PredictionCounts run(PredictRequest request, ProgressListener progress) {
    checkApart(request);
    PredictionFolder output =
        PredictionFolder.check(request.output(), store.options(), request.existing());
    List<EncodeRequest.ClassNames> classes = classes(request.model());
    PlannedInput input = new InputPlanner(spark, store.options(), settings).plan(request.input());
    checkText(request, input.kept());
    output.begin(plan(request, input), request.existing());
    var unused = new EncodeJob(spark, store).run(classes);
    PredictionCounts sum = PredictionCounts.ZERO;
    for (int part = 0; part < input.parts(); part++) {
      int number = part;
      PredictionCounts counts =
          output.finished(part).orElseGet(() -> predict(request, input, number, output));
      progress.say(
          "part %s of %s: %s rows, %s errors"
              .formatted(part + 1, input.parts(), counts.rows(), counts.errors()));
      sum = sum.plus(counts);
    }
    output.complete();
    return sum;
  }

  /** The class weights that executors need; encoded once, they are in the store. */
  private List<EncodeRequest.ClassNames> classes(PredictedModel model) {
    try (BraidModel braidModel = BraidModel.open(store)) {
      return braidModel
          .version(model.version(), model.digest())
          .classesOfModels(model.candidates())
          .stream()
          .map(each -> EncodeRequest.ofClasses(each.weights(), each.classes()))
          .toList();
    }
  }

  /** Files of the output are no pictures, and an output that begins anew is deleted first. */
  private static void checkApart(PredictRequest request) {
    String input = request.input().name() + "/";
    String output = request.output() + "/";
    Check.argument(
        !output.startsWith(input) && !input.startsWith(output),
        "Cannot predict %s into %s: one lies in the other (choose another folder for --out)",
        request.input().name(),
        request.output());
  }

  private static void checkText(PredictRequest request, List<StructField> kept) {
    if (request.format() == OutputFormat.CSV) {
      for (StructField field : kept) {
        boolean isText =
            !(field.dataType() instanceof StructType
                || field.dataType() instanceof ArrayType
                || field.dataType() instanceof MapType
                || field.dataType() instanceof BinaryType);
        Check.argument(
            isText,
            "Cannot predict %s: its column '%s' of type %s does not fit into CSV (choose another"
                + " format, or leave it out with --keep)",
            request.input().name(),
            field.name(),
            field.dataType().simpleString());
      }
    }
  }

  private byte[] plan(PredictRequest request, PlannedInput input) {
    PredictedModel model = request.model();
    return STAGE
        .inputs()
        .with("version", model.version())
        .with("model", model.digest())
        .with("candidates", candidates(model.candidates()))
        .with("top-k", model.topK())
        .with("input", request.input())
        .with("listing", input.listing())
        .with("columns", input.kept().stream().map(StructField::name).toList())
        .with("format", request.format().label())
        .with("parts", input.parts())
        .with("rows-per-part", settings.rowsPerPart())
        .with("bytes-per-part", settings.bytesPerPart())
        .bytes();
  }

  private static JsonObject candidates(Candidates candidates) {
    if (candidates instanceof Candidates.OfTask known) {
      return new JsonObject().with("task", known.task());
    } else if (candidates instanceof Candidates.ClassesOf unknown) {
      return new JsonObject().with("classes-of", unknown.task());
    } else if (candidates instanceof Candidates.Names free) {
      return new JsonObject().with("names", free.names()).with("templates", free.templates());
    }
    return new JsonObject();
  }

  private PredictionCounts predict(
      PredictRequest request, PlannedInput input, int part, PredictionFolder output) {
    CountsAccumulator counts = new CountsAccumulator();
    spark.sc().register(counts, "predicted");
    OutputRows rows =
        new OutputRows(request.model(), input.kept().size(), request.format() == OutputFormat.CSV);
    PredictRows work =
        new PredictRows(store, request.model(), settings, input.pictures(), rows, counts);
    String name = "predict part %s of %s".formatted(part + 1, input.parts());
    var unused =
        new Stage(spark, name)
            .collect(
                context -> {
                  write(
                      input.predict(part, work),
                      rows.schema(input.kept()),
                      request.format(),
                      output.part(part));
                  return List.of();
                });
    PredictionCounts done = counts.value();
    output.finish(part, done);
    return done;
  }

  /**
   * Writes the files of a part. By the first algorithm of the committer, files of tasks that were
   * lost, or of an interrupted run, never come into place.
   */
  private static void write(
      JavaRDD<Row> rows, StructType schema, OutputFormat format, String folder) {
    SparkSession.builder()
        .getOrCreate()
        .newSession()
        .createDataFrame(rows, schema)
        .write()
        .mode(SaveMode.Overwrite)
        .format(format.label())
        .option(COMMITTER, "1")
        .option("header", "true")
        .option("escape", "\"") // as other readers of CSV expect it
        .option("ignoreLeadingWhiteSpace", "false")
        .option("ignoreTrailingWhiteSpace", "false")
        .save(folder);
  }
}
