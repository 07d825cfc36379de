package dev.braid.jobs.evaluate;

import dev.braid.inference.LabelSpace;
import dev.braid.inference.SummedLogits;
import dev.braid.model.TaskId;
import dev.braid.model.figures.CorrectAnswers;
import dev.braid.model.figures.Score;
import dev.braid.store.FeatureChunk;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums the models' logits for pictures and counts the correct answers.
 *
 * <p>The logits of several models are added in the order of the models.
 */
final class LogitCounting {
  private final LabelSpace labelSpace;
  private final float logitScale;
  private final int[] labels;

  /**
   * Counts among the classes of a label space.
   *
   * @param logitScale the factor of the cosines in the base's logits
   */
  LogitCounting(LabelSpace labelSpace, float logitScale) {
    this.labelSpace = labelSpace;
    this.logitScale = logitScale;
    this.labels = labelSpace.labels();
  }

  /**
   * The input for the logits of one model, for some rows of a chunk.
   *
   * @param features of the pictures, one vector for each row
   * @param classWeights a unit vector for each candidate class
   * @param rows offsets in the chunk
   * @param counts the weight of this model's logits for each row
   */
  record ModelLogits(
      FeatureChunk features, List<float[]> classWeights, List<Integer> rows, List<Double> counts) {}

  /**
   * The score of one chunk, without routing counts.
   *
   * @param members the input of each model that answers; the first model answers every picture
   */
  Score count(List<ModelLogits> members) {
    SortedMap<Integer, SummedLogits> pictures = new TreeMap<>();
    for (ModelLogits member : members) {
      FeatureChunk features = member.features();
      for (int i = 0; i < features.labels().length; i++) {
        int label = features.labels()[i];
        pictures
            .computeIfAbsent(
                member.rows().get(i), row -> new SummedLogits(label, labels.length, logitScale))
            .add(features.vectors()[i], member.classWeights(), member.counts().get(i));
      }
    }
    return score(pictures);
  }

  private Score score(SortedMap<Integer, SummedLogits> pictures) {
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
