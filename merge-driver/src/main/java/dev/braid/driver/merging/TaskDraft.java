package dev.braid.driver.merging;

import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.TaskRecord;
import dev.braid.vlm.train.TrainSettings;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained task that no version has yet: its record but for what the merge adds.
 *
 * @param dataset digest of the data set's content
 * @param delta digest of the blob of its delta
 * @param prototypes digest of its classes' vectors
 * @param training the settings it was trained with
 */
public record TaskDraft(
    TaskId task,
    List<String> classNames,
    List<String> templates,
    Digest dataset,
    Digest delta,
    Digest prototypes,
    SortedMap<String, String> training,
    long seed) {
  /** A task as it was before it was merged. */
  static TaskDraft of(TaskRecord task) {
    return new TaskDraft(
        task.task(),
        task.classNames(),
        task.templates(),
        task.dataset(),
        task.delta(),
        task.prototypes(),
        task.training(),
        task.seed());
  }

  /** The task's record with what its merge step made. */
  TaskRecord record(SortedMap<String, Digest> planes, List<Double> numerators) {
    return new TaskRecord(
        task,
        classNames,
        templates,
        dataset,
        delta,
        planes,
        numerators,
        prototypes,
        training,
        seed);
  }

  /** Settings of a training by the names they have in reference.conf. */
  public static SortedMap<String, String> settings(TrainSettings training) {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put("batch", Integer.toString(training.batch()));
    training.ownMicroBatch().ifPresent(n -> settings.put("micro-batch", n.toString()));
    training.ownCompute().ifPresent(numbers -> settings.put("compute", numbers.toString()));
    settings.put("steps", Integer.toString(training.steps()));
    settings.put("warm-up", Integer.toString(training.warmup()));
    settings.put("learning-rate", Double.toString(training.learningRate()));
    settings.put("label-smoothing", Double.toString(training.labelSmoothing()));
    settings.put("beta1", Double.toString(training.beta1()));
    settings.put("beta2", Double.toString(training.beta2()));
    settings.put("epsilon", Double.toString(training.epsilon()));
    settings.put("weight-decay", Double.toString(training.weightDecay()));
    return settings;
  }
}
