package dev.braid.bench.stream;

import dev.braid.driver.line.LineSettings;
import dev.braid.driver.merging.BlendJob;
import dev.braid.driver.merging.MergeJob;
import dev.braid.driver.merging.TaskDraft;
import dev.braid.inference.Classifier;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.Alignments;
import dev.braid.jobs.train.TrainJob;
import dev.braid.jobs.train.Training;
import dev.braid.merge.blend.Blend;
import dev.braid.model.Digest;
import dev.braid.model.ParameterSpace;
import dev.braid.model.Rescaler;
import dev.braid.model.TaskId;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.TrainSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Tasks in an order, with a seed, and what a strategy may have done with them. Everything is done
 * once for all strategies, orders and runs: trainings and blends are receipts of the store.
 */
public final class StreamContext {
  private final ModelStore store;
  private final Jobs jobs;
  private final List<StreamTask> tasks;
  private final long seed;

  private StreamContext(ModelStore store, Jobs jobs, List<StreamTask> tasks, long seed) {
    this.store = store;
    this.jobs = jobs;
    this.tasks = List.copyOf(tasks);
    this.seed = seed;
  }

  /** What all orders and seeds share. */
  record Jobs(
      Trainer trainer,
      BlendJob blend,
      MergeJob merge,
      ParameterSpace full,
      ParameterSpace adapters) {
    static Jobs of(
        JavaSparkContext spark,
        StoreLocation location,
        LineSettings.Lora lora,
        ProgressListener progressListener) {
      ModelStore store = StoreCache.at(location);
      return new Jobs(
          new Trainer(new TrainJob(spark, location), progressListener),
          new BlendJob(spark, location),
          new MergeJob(spark, location),
          LineSettings.space(store, Optional.empty()),
          LineSettings.space(store, Optional.of(lora)));
    }

    StreamContext context(ModelStore store, List<StreamTask> tasks, long seed) {
      return new StreamContext(store, this, tasks, seed);
    }
  }

  /** The tasks in their order. */
  public List<StreamTask> tasks() {
    return tasks;
  }

  /** What a training of this kind trains. */
  public ParameterSpace space(TrainKind trainKind) {
    return trainKind == TrainKind.FULL ? jobs.full() : jobs.adapters();
  }

  /** The delta of a task's expert, trained from the base: all of it, so no order has another. */
  public Digest expert(StreamTask task) {
    return jobs.trainer()
        .train(task.task(), training(TrainKind.FULL, task, new WeightsRef.Base(), null));
  }

  /** The deltas, all from the base, of one model that is trained through the tasks. */
  public List<Digest> sequential(TrainKind trainKind) {
    List<Digest> deltas = new ArrayList<>();
    WeightsRef start = new WeightsRef.Base();
    for (StreamTask task : tasks) {
      Digest delta = train("sequential", trainKind, task, start, null);
      deltas.add(delta);
      start = new WeightsRef.Tuned(space(trainKind), delta);
    }
    return deltas;
  }

  /**
   * The delta, from the base, of a training that begins anywhere.
   *
   * @param strategy who trains, for whoever watches
   */
  public Digest train(
      String strategy,
      TrainKind trainKind,
      StreamTask task,
      WeightsRef start,
      @Nullable Alignment alignment) {
    TaskId name = new TaskId(strategy + "-" + task.task().name());
    return jobs.trainer().train(name, training(trainKind, task, start, alignment));
  }

  /** What the alignments of such a training found, which is done. */
  public Alignments alignments(
      TrainKind trainKind, StreamTask task, WeightsRef start, @Nullable Alignment alignment) {
    return Alignments.of(store, training(trainKind, task, start, alignment));
  }

  private Training training(
      TrainKind trainKind, StreamTask task, WeightsRef start, @Nullable Alignment alignment) {
    return new Training(
        space(trainKind),
        task.dataset(),
        task.templates().get(0),
        task.settings(trainKind).withSeed(seed),
        start,
        task.rounds().replicas(),
        task.rounds().steps(),
        alignment);
  }

  /** One delta of several. */
  public Digest blend(Blend blend, List<Digest> deltas) {
    return jobs.blend().run(blend, deltas);
  }

  /** A line of ConDU that has learned nothing. */
  public ModelRecord emptyModel(MergeState mergeState, Rescaler rescaler) {
    return new ModelRecord(jobs.full(), "condu", mergeState, rescaler, new TreeMap<>(), List.of());
  }

  /** The model with one more task. */
  public ModelRecord merge(ModelRecord before, StreamTask task) {
    TrainSettings settings = task.full().withSeed(seed);
    TaskDraft added =
        new TaskDraft(
            task.task(),
            task.classNames(),
            task.templates(),
            task.dataset(),
            expert(task),
            task.prototypes(),
            TaskDraft.settings(settings),
            settings.seed());
    return jobs.merge().run(before, added).record();
  }

  /** The digest of a model's record. */
  public Digest digest(ModelRecord model) {
    return store.records().put(model);
  }

  /** A version of ConDU as one who is measured. */
  public Classifier classifier(ModelRecord model) {
    return Classifier.of(store, digest(model));
  }

  /** One model that has learned the first tasks. */
  public Classifier one(TrainKind trainKind, Digest delta, int learned) {
    return new Classifier.SingleModel(
        new WeightsRef.Tuned(space(trainKind), delta), evaluationSets(learned));
  }

  /** How the first tasks are tested. */
  public List<EvaluationSet> evaluationSets(int count) {
    return tasks.subList(0, count).stream().map(StreamTask::evaluationSet).toList();
  }
}
