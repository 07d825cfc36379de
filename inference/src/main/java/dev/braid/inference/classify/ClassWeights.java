package dev.braid.inference.classify;

import dev.braid.inference.LabelSpace;
import dev.braid.inference.WeightsRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The class weights of the models that answer over a label space, kept once they were needed. */
final class ClassWeights {
  private record Key(String weights, int task) {}

  private final Models models;
  private final LabelSpace labelSpace;
  private final Map<Key, float[][]> known = new ConcurrentHashMap<>();

  ClassWeights(Models models, LabelSpace labelSpace) {
    this.models = models;
    this.labelSpace = labelSpace;
  }

  /**
   * A model's unit vectors of the classes of a task.
   *
   * @param task its index in the label space
   */
  float[][] of(WeightsRef weights, int task) {
    // one thread encodes them, others wait: none of them holds a model meanwhile
    return known.computeIfAbsent(
        new Key(weights.key(), task),
        missing -> models.classes(weights, labelSpace.tasks().get(task)));
  }
}
