package dev.braid.model.record;

import dev.braid.model.Check;
import dev.braid.model.Copies;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;

/**
 * The record of a learned task, written once and shared by all versions.
 *
 * @param templates prompts with "{c}" for the class name; training used the first one
 * @param dataset digest of the data set's content
 * @param delta digest of the blob of the task's own delta
 * @param planes digests of the blobs of its bit planes: "birth", or "sign" and "nonzero"
 * @param numerators per group, the sum of |δ|: the rescaler's numerator, which never changes
 * @param prototypes digest of its classes' vectors
 * @param training the settings it was trained with
 */
public record TaskRecord(
    TaskId task,
    List<String> classNames,
    List<String> templates,
    Digest dataset,
    Digest delta,
    SortedMap<String, Digest> planes,
    List<Double> numerators,
    Digest prototypes,
    SortedMap<String, String> training,
    long seed)
    implements Serializable {
  /** Where the task's delta had the elected sign in its own merge step (METHODS 2.4). */
  public static final String BIRTH = "birth";

  /** Where the task's delta is below 0. */
  public static final String SIGN = "sign";

  /** Where the task's delta is not 0. */
  public static final String NONZERO = "nonzero";

  public TaskRecord {
    classNames = List.copyOf(classNames);
    templates = List.copyOf(templates);
    planes = Copies.of(planes);
    numerators = List.copyOf(numerators);
    training = Copies.of(training);
    Check.argument(!classNames.isEmpty(), "Invalid task %s: no classes (at least one)", task);
    Check.argument(!templates.isEmpty(), "Invalid task %s: no templates (at least one)", task);
    for (double numerator : numerators) {
      Check.argument(
          Double.isFinite(numerator) && numerator >= 0,
          "Invalid numerator of task %s: %s (not negative)",
          task,
          numerator);
    }
  }
}
