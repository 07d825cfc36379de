package dev.braid.driver.strategy;

import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.train.Training;
import dev.braid.model.record.TaskRecord;
import dev.braid.vlm.train.TrainSettingsCodec;
import java.util.SortedMap;

/**
 * How a task was trained, as its record keeps it: the settings, the division into rounds, the
 * alignment, and what chose the pictures.
 */
public final class TrainingRecord {
  private static final String REPLICAS = "replicas";
  private static final String ROUND_STEPS = "round-steps";

  private TrainingRecord() {}

  /** The values by name; the seed of the training has a field of its own. */
  public static SortedMap<String, String> of(Training training, IngestRequest pictures) {
    SortedMap<String, String> values = TrainSettingsCodec.toMap(training.settings());
    values.put(REPLICAS, Integer.toString(training.replicas()));
    if (training.replicas() > 1) { // with one replica, the length of a round changes nothing
      values.put(ROUND_STEPS, Integer.toString(training.roundSteps()));
    }
    if (training.alignment() != null) {
      values.put("align-share", Double.toString(training.alignment().share()));
      values.put("align-every", Integer.toString(training.alignment().every()));
      values.put("align-reset", training.alignment().reset().label());
    }
    values.put("ingest-seed", Long.toString(pictures.seed()));
    values.put("shots", Integer.toString(pictures.shots()));
    return values;
  }

  /**
   * The rounds in which a task was trained.
   *
   * @param otherwise what the record does not say: the steps of a round of one replica, and
   *     everything in a record of format 1
   */
  static Rounds rounds(TaskRecord task, Rounds otherwise) {
    return new Rounds(
        number(task, REPLICAS, otherwise.replicas()), number(task, ROUND_STEPS, otherwise.steps()));
  }

  private static int number(TaskRecord task, String name, int otherwise) {
    return Integer.parseInt(task.training().getOrDefault(name, Integer.toString(otherwise)));
  }
}
