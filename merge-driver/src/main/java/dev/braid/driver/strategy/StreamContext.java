package dev.braid.driver.strategy;

import dev.braid.driver.merging.Candidate;
import dev.braid.inference.Classifier;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.train.Alignments;
import dev.braid.jobs.train.Training;
import dev.braid.merge.blend.Blend;
import dev.braid.model.Digest;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TaskId;
import dev.braid.vlm.train.Conflicts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tasks in an order, and what a strategy can do with them. Trainings, merges and blends leave
 * receipts in the store, so all strategies, orders and runs share them.
 */
public final class StreamContext {
  private final StreamJobs jobs;
  private final List<StreamTask> tasks;

  public StreamContext(StreamJobs jobs, List<StreamTask> tasks) {
    this.jobs = jobs;
    this.tasks = List.copyOf(tasks);
  }

  /** The tasks in their order. */
  public List<StreamTask> tasks() {
    return tasks;
  }

  /** The parameters that a training of this kind trains. */
  ParameterSpace space(TrainKind trainKind) {
    return trainKind == TrainKind.FULL ? jobs.full() : jobs.adapters();
  }

  /** The jobs that merge. */
  MergeJobs merges() {
    return jobs.merges();
  }

  /** The delta of a task's expert, fully trained from the base; it is the same in every order. */
  public Digest expert(StreamTask task) {
    TrainRequest request = task.trainRequest(TrainKind.FULL);
    return train(task.task().name(), request.training(jobs.full(), new WeightsRef.Base(), null));
  }

  /** The deltas, all from the base, of one model that is trained through the tasks. */
  List<Digest> sequential(TrainKind trainKind) {
    Map<String, TrainRequest> requests = new LinkedHashMap<>();
    tasks.forEach(
        task -> requests.put(label("sequential", task.task()), task.trainRequest(trainKind)));
    return Sequential.deltas(jobs.trainer(), space(trainKind), requests);
  }

  /** The name of a task's training by a strategy, for progress listeners. */
  static String label(String strategy, TaskId task) {
    return strategy + "-" + task;
  }

  /** The delta, from the base, of a training, which progress listeners get by this name. */
  Digest train(String label, Training training) {
    return jobs.trainer().train(label, training);
  }

  /** The conflicts that the alignments of a finished training found. */
  List<Conflicts> conflicts(Training training) {
    return Alignments.of(jobs.store(), training).conflicts();
  }

  /** One delta made of several. */
  Digest blend(Blend blend, List<Digest> deltas) {
    return jobs.merges().blend().run(blend, deltas);
  }

  /** A merged model as a classifier. */
  Classifier classifier(Candidate candidate) {
    return Classifier.of(jobs.store(), candidate.model());
  }

  /**
   * The base plus a delta as a classifier.
   *
   * @param learned the number of tasks that it has learned
   */
  public Classifier one(TrainKind trainKind, Digest delta, int learned) {
    return new Classifier.SingleModel(
        new WeightsRef.Tuned(space(trainKind), delta), evaluationSets(learned));
  }

  /** What the first tasks are tested on. */
  public List<EvaluationSet> evaluationSets(int count) {
    return tasks.subList(0, count).stream().map(StreamTask::evaluationSet).toList();
  }
}
