package dev.braid.driver.merging;

import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.TaskRecord;
import java.util.List;
import java.util.SortedMap;

/**
 * A trained task that no version has yet: its record, except for what the merge adds.
 *
 * @param dataset digest of the data set's content
 * @param delta digest of the blob of its delta
 * @param prototypes digest of its classes' vectors
 * @param training the settings of its training, by name
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
  /** A merged task as it was before the merge. */
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

  /** The task's record with the results of its merge step. */
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
}
