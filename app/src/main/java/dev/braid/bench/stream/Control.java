package dev.braid.bench.stream;

import dev.braid.driver.Rounds;
import dev.braid.driver.merging.LineStrategy;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.TrainJob;
import dev.braid.jobs.train.Training;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.ModelStore;
import dev.braid.vlm.tensor.Compute;
import dev.braid.vlm.train.TrainSettings;
import java.util.Map;

/**
 * What a line is compared with: one model that is fine-tuned through the same tasks, one after the
 * other, with the same settings and the same pictures. It forgets.
 */
public final class Control {
  private final ModelStore store;
  private final TrainJob job;
  private final Rounds rounds;
  private final ProgressListener progressListener;

  public Control(ModelStore store, TrainJob job, Rounds rounds, ProgressListener progressListener) {
    this.store = store;
    this.job = job;
    this.rounds = rounds;
    this.progressListener = progressListener;
  }

  /** The one model after the last task that the given model knows. */
  public WeightsRef run(ModelRecord model) {
    WeightsRef weights = new WeightsRef.Base();
    for (ModelRecord.Learned learned : model.tasks()) {
      TaskRecord task = store.records().task(learned.record());
      Digest delta = job.run(training(model, task, weights), progress(task.task()));
      weights = new WeightsRef.Tuned(model.space(), delta);
    }
    return weights;
  }

  private Training training(ModelRecord model, TaskRecord task, WeightsRef start) {
    return new Training(
        model.space(),
        task.dataset(),
        task.templates().get(0),
        settings(task),
        start,
        rounds.replicas(),
        rounds.steps());
  }

  private TrainJob.Progress progress(TaskId task) {
    TaskId name = new TaskId("control-" + task.name());
    return (step, steps, loss) -> progressListener.training(name, step, steps, loss);
  }

  /** The settings that the task was trained with, as {@link LineStrategy} noted them. */
  private static TrainSettings settings(TaskRecord task) {
    Map<String, String> noted = task.training();
    return new TrainSettings(
        Integer.parseInt(noted.get("batch")),
        Integer.parseInt(noted.getOrDefault("micro-batch", noted.get("batch"))),
        Compute.of(noted.getOrDefault("compute", Compute.FLOAT32.toString())),
        Integer.parseInt(noted.get("steps")),
        Integer.parseInt(noted.get("warm-up")),
        Double.parseDouble(noted.get("learning-rate")),
        Double.parseDouble(noted.get("label-smoothing")),
        Double.parseDouble(noted.get("beta1")),
        Double.parseDouble(noted.get("beta2")),
        Double.parseDouble(noted.get("epsilon")),
        Double.parseDouble(noted.get("weight-decay")),
        task.seed());
  }
}
