package dev.braid.driver.strategy;

import dev.braid.driver.merging.TaskDraft;
import dev.braid.inference.EvaluationSet;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.train.Training;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.vlm.train.TrainSettings;
import java.util.List;

/**
 * A task of a stream whose pictures are in the store.
 *
 * @param dataset digest of the data set's record
 * @param prototypes digest of its classes' vectors
 * @param pictures where they came from, and what chose them
 * @param full the settings of full fine-tuning
 * @param adapters the settings of training adapters
 */
public record StreamTask(
    TaskId task,
    List<String> classNames,
    List<String> templates,
    Digest dataset,
    Digest prototypes,
    IngestRequest pictures,
    TrainSettings full,
    TrainSettings adapters,
    Rounds rounds) {
  public StreamTask {
    classNames = List.copyOf(classNames);
    templates = List.copyOf(templates);
  }

  /** The same task, trained with another seed. */
  public StreamTask withSeed(long seed) {
    return new StreamTask(
        task,
        classNames,
        templates,
        dataset,
        prototypes,
        pictures,
        full.withSeed(seed),
        adapters.withSeed(seed),
        rounds);
  }

  /** What the task is tested on. */
  public EvaluationSet evaluationSet() {
    return new EvaluationSet(task, dataset, templates);
  }

  TrainRequest trainRequest(TrainKind trainKind) {
    return new TrainRequest(dataset, templates.get(0), settings(trainKind), rounds);
  }

  /** The trained task, to be merged. */
  TaskDraft draft(Training training, Digest delta) {
    return new TaskDraft(
        task,
        classNames,
        templates,
        dataset,
        delta,
        prototypes,
        TrainingRecord.of(training, pictures),
        training.settings().seed());
  }

  private TrainSettings settings(TrainKind trainKind) {
    return trainKind == TrainKind.FULL ? full : adapters;
  }
}
