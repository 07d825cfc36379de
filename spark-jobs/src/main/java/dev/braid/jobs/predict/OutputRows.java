package dev.braid.jobs.predict;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.braid.inference.classify.Prediction;
import dev.braid.inference.classify.Prediction.Answered;
import dev.braid.model.TaskId;
import dev.braid.store.json.JsonObject;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a prediction writes.
 *
 * @param kept the number of columns that are kept from the input: the first ones of its rows
 * @param isText whether top_k is JSON text
 */
record OutputRows(PredictedModel model, int kept, boolean isText) implements Serializable {
  private static final String TOP_K = "top_k";

  /** The columns that a picture without an answer leaves empty. */
  private static final int ANSWER_COLUMNS = 6;

  /** The columns behind those that are kept. */
  private static final StructType ANSWER =
      new StructType()
          .add("label", StringType)
          .add("task", StringType)
          .add("probability", DoubleType)
          .add(
              TOP_K,
              DataTypes.createArrayType(
                  new StructType()
                      .add("label", StringType)
                      .add("task", StringType)
                      .add("probability", DoubleType)))
          .add("of_no_task", DoubleType)
          .add("is_of_no_task", BooleanType)
          .add("model_version", IntegerType)
          .add("model_digest", StringType)
          .add("error", StringType);

  /** A batch of the output. */
  record Batch(List<Row> rows, PredictionCounts counts) {}

  /** The names of the columns that a prediction adds. */
  static List<String> names() {
    return List.of(ANSWER.fieldNames());
  }

  /** The columns of the output. */
  StructType schema(List<StructField> keptColumns) {
    List<StructField> all = new ArrayList<>(keptColumns);
    for (StructField field : ANSWER.fields()) {
      boolean isJson = isText && field.name().equals(TOP_K);
      all.add(
          isJson
              ? new StructField(TOP_K, StringType, /* nullable= */ true, Metadata.empty())
              : field);
    }
    return new StructType(all.toArray(StructField[]::new));
  }

  /**
   * The output of a batch.
   *
   * @param predictions for its rows that have a picture, in order
   */
  Batch of(List<PredictRows.Read> batch, List<Prediction> predictions) {
    List<Row> rows = new ArrayList<>();
    PredictionCounts counts = PredictionCounts.ZERO;
    int next = 0;
    for (PredictRows.Read read : batch) {
      Prediction prediction =
          read.error().isPresent()
              ? new Prediction.Undecodable(read.error().get())
              : predictions.get(next++);
      rows.add(row(read.row(), prediction));
      counts = counts.plus(counts(prediction));
    }
    return new Batch(rows, counts);
  }

  private static PredictionCounts counts(Prediction prediction) {
    if (!(prediction instanceof Answered answered)) {
      return new PredictionCounts(1, 1, 0, 0, new TreeMap<>());
    }
    SortedMap<String, Long> byTask = new TreeMap<>();
    answered.label().task().ifPresent(task -> byTask.put(task.name(), 1L));
    return new PredictionCounts(1, 0, answered.forwards(), answered.isOfNoTask() ? 1 : 0, byTask);
  }

  private Row row(Row in, Prediction prediction) {
    List<@Nullable Object> values = new ArrayList<>();
    IntStream.range(0, kept).forEach(column -> values.add(in.get(column)));
    if (prediction instanceof Answered answered) {
      values.addAll(answer(answered));
    } else {
      values.addAll(Collections.nCopies(ANSWER_COLUMNS, null));
    }
    values.add(model.version());
    values.add(model.digest().toString());
    values.add(prediction instanceof Prediction.Undecodable failed ? failed.error() : null);
    return RowFactory.create(values.toArray());
  }

  private List<@Nullable Object> answer(Answered answered) {
    Prediction.Label label = answered.label();
    List<@Nullable Object> values = new ArrayList<>();
    values.add(label.name());
    values.add(name(label.task()));
    values.add(label.probability());
    values.add(isText ? json(answered.best()) : structs(answered.best()));
    values.add(answered.ofNoTask().isPresent() ? answered.ofNoTask().getAsDouble() : null);
    values.add(answered.isOfNoTask());
    return values;
  }

  private static @Nullable String name(Optional<TaskId> task) {
    return task.map(TaskId::name).orElse(null);
  }

  /** Spark takes an array for a column of arrays, not a list. */
  private static Row[] structs(List<Prediction.Label> best) {
    return best.stream().map(OutputRows::struct).toArray(Row[]::new);
  }

  private static Row struct(Prediction.Label label) {
    return RowFactory.create(label.name(), name(label.task()), label.probability());
  }

  private static String json(List<Prediction.Label> best) {
    return best.stream()
        .map(
            label ->
                new JsonObject()
                    .with("label", label.name())
                    .with("task", label.task())
                    .with("probability", label.probability()))
        .map(each -> new String(each.bytes(), StandardCharsets.UTF_8))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
