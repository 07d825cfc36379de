package dev.braid.jobs.predict;

import dev.braid.jobs.stage.Stage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/**
 * Files that are listed by the driver and read by executors.
 *
 * <p>They are cut into groups that do not depend on the cluster, and each group is classified by
 * itself: the same pictures are always encoded together, so probabilities have the same bits
 * whatever the number of executors and whichever of them are lost.
 */
record PlannedPaths(
    JavaSparkContext spark,
    List<String> paths,
    String listing,
    PictureCell pictures,
    PredictSettings settings)
    implements PlannedInput {
  /** The pictures that a model encodes at once. */
  private static final int ENCODED_TOGETHER = 64;

  private static final int GROUPS_AT_LEAST = 64;

  @Override
  public List<StructField> kept() {
    return List.of(
        new StructField("path", DataTypes.StringType, /* nullable= */ false, Metadata.empty()));
  }

  @Override
  public int parts() {
    return Math.toIntExact(
        ((long) paths.size() + settings.rowsPerPart() - 1) / settings.rowsPerPart());
  }

  @Override
  public JavaRDD<Row> predict(int part, PredictRows work) {
    long from = (long) part * settings.rowsPerPart();
    long to = Math.min(paths.size(), from + settings.rowsPerPart());
    List<List<Row>> groups = groups(paths.subList(Math.toIntExact(from), Math.toIntExact(to)));
    int tasks = Math.min(groups.size(), Stage.TASKS_PER_CORE * spark.defaultParallelism());
    return spark.parallelize(groups, tasks).flatMap(new PredictGroup(work));
  }

  private record PredictGroup(PredictRows work) implements FlatMapFunction<List<Row>, Row> {
    @Override
    public Iterator<Row> call(List<Row> group) {
      return work.call(group.iterator());
    }
  }

  /** Groups of whole batches, so that a small input also keeps several cores busy. */
  private List<List<Row>> groups(List<String> ofPart) {
    int even = (paths.size() + GROUPS_AT_LEAST - 1) / GROUPS_AT_LEAST;
    int whole = (even + ENCODED_TOGETHER - 1) / ENCODED_TOGETHER * ENCODED_TOGETHER;
    int size = Math.min(settings.batch(), Math.max(ENCODED_TOGETHER, whole));
    List<List<Row>> groups = new ArrayList<>();
    for (int from = 0; from < ofPart.size(); from += size) {
      groups.add(
          new ArrayList<>(
              ofPart.subList(from, Math.min(ofPart.size(), from + size)).stream()
                  .map(path -> RowFactory.create(path))
                  .toList()));
    }
    return groups;
  }
}
