package dev.braid.driver;

import dev.braid.driver.merging.LineStrategy;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.TrainJob;
import dev.braid.jobs.train.Training;
import dev.braid.model.Digest;
import dev.braid.model.record.ModelRecord;

/** The stage that trains a request's expert, from where the line's strategy says. */
final class Train {
  private final TrainJob job;
  private final LineStrategy lineStrategy;
  private final ProgressListener progressListener;

  Train(TrainJob job, LineStrategy lineStrategy, ProgressListener progressListener) {
    this.job = job;
    this.lineStrategy = lineStrategy;
    this.progressListener = progressListener;
  }

  /**
   * What was trained.
   *
   * @param start what it was trained from
   * @param delta digest of the expert's delta
   */
  record Result(WeightsRef start, Digest delta) {}

  /** Trains the expert that is to be merged with the head's model. */
  Result run(ModelRecord head, Request request, Digest dataset) {
    LineStrategy.Start start = lineStrategy.start(head, request.training());
    Training training =
        new Training(
            head.space(),
            dataset,
            request.templates().get(0),
            request.training(),
            start.weights(),
            request.rounds().replicas(),
            request.rounds().steps(),
            start.alignment());
    Digest delta =
        job.run(
            training,
            (step, steps, loss) -> progressListener.training(request.task(), step, steps, loss));
    return new Result(start.weights(), delta);
  }
}
