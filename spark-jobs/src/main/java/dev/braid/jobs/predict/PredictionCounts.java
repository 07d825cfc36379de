package dev.braid.jobs.predict;

import dev.braid.model.Copies;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a prediction did. Counts add up.
 *
 * @param rows of the output
 * @param errors the rows without an answer
 * @param forwards how often a model encoded a picture
 * @param ofNoTask the pictures of no learned task
 * @param byTask the answers by the task of their label, without those that have none
 */
public record PredictionCounts(
    long rows, long errors, long forwards, long ofNoTask, SortedMap<String, Long> byTask)
    implements Serializable {
  /** Nothing. */
  public static final PredictionCounts ZERO = new PredictionCounts(0, 0, 0, 0, new TreeMap<>());

  public PredictionCounts {
    byTask = Copies.of(byTask);
  }

  /** Both together. */
  public PredictionCounts plus(PredictionCounts other) {
    SortedMap<String, Long> tasks = new TreeMap<>(byTask);
    other.byTask.forEach((task, count) -> tasks.merge(task, count, Long::sum));
    return new PredictionCounts(
        rows + other.rows,
        errors + other.errors,
        forwards + other.forwards,
        ofNoTask + other.ofNoTask,
        tasks);
  }

  /** The pictures that were answered. */
  public long answered() {
    return rows - errors;
  }

  /** The answers whose label belongs to no task: those of the base alone. */
  public long toBase() {
    return answered() - byTask.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many models encoded a picture, in the mean over those that were answered. */
  public double forwardsPerPicture() {
    return answered() == 0 ? 0 : (double) forwards / answered();
  }

  /** The counts as JSON. */
  public JsonObject toJson() {
    return new JsonObject()
        .with("rows", rows)
        .with("errors", errors)
        .with("forwards", forwards)
        .with("of-no-task", ofNoTask)
        .with("by-task", byTask);
  }

  static PredictionCounts fromJson(byte[] json, String file) {
    return JsonFields.read(
        json,
        file,
        fields ->
            new PredictionCounts(
                fields.integer("rows"),
                fields.integer("errors"),
                fields.integer("forwards"),
                fields.integer("of-no-task"),
                fields.integerMap("by-task")));
  }
}
