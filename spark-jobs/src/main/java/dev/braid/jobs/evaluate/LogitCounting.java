package dev.braid.jobs.evaluate;

import dev.braid.inference.LabelSpace;
import dev.braid.inference.SummedLogits;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Score;
import dev.braid.store.FeatureChunk;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.object.ObjectStore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Adds up what models say of pictures and counts the right answers.
 *
 * <p>One unit of work is one part of a set, with the stored vectors of all models that are asked;
 * their logits are added in the order of the ballots.
 */
final class LogitCounting {
  private final JavaSparkContext spark;
  private final StoreLocation location;

  LogitCounting(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.location = location;
  }

  /**
   * Some pictures of a set.
   *
   * @param dimension length of the stored vectors
   * @param modelLogitses of all models that are asked; the first one's is for every picture
   */
  record ScoringUnit(LabelSpace labelSpace, int dimension, List<ModelLogits> modelLogitses)
      implements Serializable {}

  /**
   * What one model says of some rows of a part.
   *
   * @param features stored vectors of the pictures, one for each of the rows
   * @param classWeights stored vectors of the classes, one object for each task of the candidates
   * @param rows offsets in the part
   * @param counts how much this model's logits count, for each row
   */
  record ModelLogits(
      Digest features, List<Digest> classWeights, List<Integer> rows, List<Double> counts)
      implements Serializable {}

  /** The scores of the polls, in order; routing is not looked at. */
  List<Score> count(List<ScoringUnit> scoringUnits) {
    return new Stage(spark, "evaluate")
        .map(scoringUnits, Stage.TASKS_PER_CORE * spark.defaultParallelism(), new Count(location));
  }

  private record Count(StoreLocation location) implements Function<ScoringUnit, Score> {
    @Override
    public Score call(ScoringUnit scoringUnit) {
      ObjectStore objects = StoreCache.at(location).objects();
      LabelSpace labelSpace = scoringUnit.labelSpace();
      int classes = labelSpace.count();
      Map<Integer, SummedLogits> pictures = new HashMap<>();
      for (ModelLogits modelLogits : scoringUnit.modelLogitses()) {
        FeatureChunk features =
            FeatureChunk.read(modelLogits.features(), scoringUnit.dimension(), objects);
        List<float[]> weights = new ArrayList<>(classes);
        for (Digest task : modelLogits.classWeights()) {
          weights.addAll(
              List.of(FeatureChunk.read(task, scoringUnit.dimension(), objects).vectors()));
        }
        for (int i = 0; i < features.labels().length; i++) {
          int label = features.labels()[i];
          pictures
              .computeIfAbsent(modelLogits.rows().get(i), row -> new SummedLogits(label, classes))
              .add(features.vectors()[i], weights, modelLogits.counts().get(i));
        }
      }
      return score(labelSpace, pictures);
    }

    private static Score score(LabelSpace labelSpace, Map<Integer, SummedLogits> pictures) {
      int[] labels = labelSpace.labels();
      SortedMap<TaskId, Long> answered = new TreeMap<>();
      long right = 0;
      for (SummedLogits summedLogits : pictures.values()) {
        int answer = summedLogits.answer();
        right += labels[answer] == labels[labelSpace.offset() + summedLogits.label()] ? 1 : 0;
        answered.merge(labelSpace.taskOf(answer), 1L, Long::sum);
      }
      return new Score(right, 0, pictures.size(), new TreeMap<>(), answered);
    }
  }
}
