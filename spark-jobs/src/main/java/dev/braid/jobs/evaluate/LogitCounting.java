package dev.braid.jobs.evaluate;

import dev.braid.inference.LabelSpace;
import dev.braid.inference.LogitScale;
import dev.braid.inference.SummedLogits;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.figures.CorrectAnswers;
import dev.braid.model.figures.Score;
import dev.braid.store.FeatureChunk;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.object.ObjectStore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Sums the models' logits for pictures and counts the correct answers.
 *
 * <p>One unit of work is one chunk of a set with the stored features of all models that answer;
 * their logits are added in the order of the models.
 */
final class LogitCounting {
  private final JavaSparkContext spark;
  private final StoreLocation location;

  LogitCounting(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.location = location;
  }

  /**
   * One chunk of a set.
   *
   * @param dimension length of the feature vectors
   * @param members the input of each model that answers; the first model answers every picture
   */
  record ScoringUnit(LabelSpace labelSpace, int dimension, List<ModelLogits> members)
      implements Serializable {}

  /**
   * The input for the logits of one model, for some rows of a chunk.
   *
   * @param features stored features of the pictures, one for each row
   * @param classWeights stored features of the classes, one object for each task of the label space
   * @param rows offsets in the chunk
   * @param counts the weight of this model's logits for each row
   */
  record ModelLogits(
      Digest features, List<Digest> classWeights, List<Integer> rows, List<Double> counts)
      implements Serializable {}

  /** The scores of the units, in order, without routing counts. */
  List<Score> count(List<ScoringUnit> scoringUnits) {
    if (scoringUnits.isEmpty()) {
      return List.of();
    }
    return new Stage(spark, "evaluate")
        .map(
            scoringUnits,
            Stage.TASKS_PER_CORE * spark.defaultParallelism(),
            new Count(location, LogitScale.of(StoreCache.at(location))));
  }

  private record Count(StoreLocation location, float logitScale)
      implements Function<ScoringUnit, Score> {
    @Override
    public Score call(ScoringUnit scoringUnit) {
      ObjectStore objects = StoreCache.at(location).objects();
      LabelSpace labelSpace = scoringUnit.labelSpace();
      int classes = labelSpace.count();
      SortedMap<Integer, SummedLogits> pictures = new TreeMap<>();
      for (ModelLogits modelLogits : scoringUnit.members()) {
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
              .computeIfAbsent(
                  modelLogits.rows().get(i), row -> new SummedLogits(label, classes, logitScale))
              .add(features.vectors()[i], weights, modelLogits.counts().get(i));
        }
      }
      return score(labelSpace, pictures);
    }

    private static Score score(LabelSpace labelSpace, SortedMap<Integer, SummedLogits> pictures) {
      int[] labels = labelSpace.labels();
      SortedMap<TaskId, Long> answered = new TreeMap<>();
      boolean[] correct = new boolean[pictures.size()];
      int picture = 0;
      for (SummedLogits summedLogits : pictures.values()) { // in the order of the rows
        int answer = summedLogits.answer();
        correct[picture++] = labels[answer] == labels[labelSpace.offset() + summedLogits.label()];
        answered.merge(labelSpace.taskOf(answer), 1L, Long::sum);
      }
      return new Score(CorrectAnswers.of(correct), 0, new TreeMap<>(), answered);
    }
  }
}
