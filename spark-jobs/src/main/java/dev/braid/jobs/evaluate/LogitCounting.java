package dev.braid.jobs.evaluate;

import dev.braid.inference.LabelSpace;
import dev.braid.inference.SummedLogits;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Score;
import dev.braid.store.FeatureChunk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums the models' logits for pictures and counts the correct answers.
 *
 * <p>The logits of several models are added in the order of the models.
 */
final class LogitCounting {
  private final LabelSpace labelSpace;
  private final int[] labels;

  LogitCounting(LabelSpace labelSpace) {
    this.labelSpace = labelSpace;
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
      FeatureChunk features,
      List<float[]> classWeights,
      List<Integer> rows,
      List<Double> counts) {}

  /**
   * The score of one chunk, without routing counts.
   *
   * @param members the input of each model that answers; the first model answers every picture
   */
  Score count(List<ModelLogits> members) {
    Map<Integer, SummedLogits> pictures = new HashMap<>();
    for (ModelLogits member : members) {
      FeatureChunk features = member.features();
      for (int i = 0; i < features.labels().length; i++) {
        int label = features.labels()[i];
        pictures
            .computeIfAbsent(
                member.rows().get(i), row -> new SummedLogits(label, labels.length))
            .add(features.vectors()[i], member.classWeights(), member.counts().get(i));
      }
    }
    return score(pictures);
  }

  private Score score(Map<Integer, SummedLogits> pictures) {
    SortedMap<TaskId, Long> answered = new TreeMap<>();
    long correct = 0;
    for (SummedLogits summedLogits : pictures.values()) {
      int answer = summedLogits.answer();
      correct += labels[answer] == labels[labelSpace.offset() + summedLogits.label()] ? 1 : 0;
      answered.merge(labelSpace.taskOf(answer), 1L, Long::sum);
    }
    return new Score(correct, 0, pictures.size(), new TreeMap<>(), answered);
  }
}
