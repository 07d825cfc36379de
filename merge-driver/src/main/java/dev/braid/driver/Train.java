package dev.braid.driver;

import dev.braid.driver.strategy.LineStrategy;
import dev.braid.driver.strategy.TrainRequest;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.TrainJob;
import dev.braid.jobs.train.Training;
import dev.braid.model.Digest;
import dev.braid.model.record.ModelRecord;

/** The stage that trains a request's expert from where the line's strategy starts. */
final class Train {
  private final TrainJob job;
  private final LineStrategy strategy;
  private final ProgressListener progressListener;

  Train(TrainJob job, LineStrategy strategy, ProgressListener progressListener) {
    this.job = job;
    this.strategy = strategy;
    this.progressListener = progressListener;
  }

  /**
   * A finished training.
   *
   * @param delta digest of the expert's delta
   */
  record Result(Training training, Digest delta) {}

  /** Trains the expert that is to be merged with the head's model. */
  Result run(ModelRecord head, Request request, Digest dataset) {
    Training training =
        strategy.training(
            head,
            new TrainRequest(
                dataset, request.templates().get(0), request.training(), request.rounds()));
    Digest delta =
        job.run(
            training,
            (step, steps, loss) ->
                progressListener.training(request.task().name(), step, steps, loss));
    return new Result(training, delta);
  }
}
