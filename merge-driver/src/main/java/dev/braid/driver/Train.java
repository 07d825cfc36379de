package dev.braid.driver;

import dev.braid.driver.strategy.LineStrategy;
import dev.braid.driver.strategy.TrainRequest;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.TrainJob;
import dev.braid.jobs.train.Training;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.ModelRecord;

/** The stage that trains a request's expert from where the line's strategy starts. */
final class Train {
  private final TrainJob job;
  private final LineStrategy strategy;
  private final ProgressListener progressListener;
  private final TrainingTurns turns;
  private final Schedule schedule;

  Train(
      TrainJob job,
      LineStrategy strategy,
      ProgressListener progressListener,
      TrainingTurns turns,
      Schedule schedule) {
    this.job = job;
    this.strategy = strategy;
    this.progressListener = progressListener;
    this.turns = turns;
    this.schedule = schedule;
  }

  /**
   * A finished training.
   *
   * @param delta digest of the expert's delta
   */
  record Result(Training training, Digest delta) {}

  /**
   * Trains the expert that is to be merged with the head's model, when it is the request's turn.
   *
   * @throws PostponedException if the run's time is over; the rounds that are done are kept
   */
  Result run(ModelRecord head, Request request, Digest dataset) {
    Training training =
        strategy.training(
            head,
            new TrainRequest(
                dataset, request.templates().get(0), request.training(), request.rounds()));
    return new Result(training, job.find(training).orElseGet(() -> trainInTurn(training, request)));
  }

  private Digest trainInTurn(Training training, Request request) {
    TaskId task = request.task();
    TrainingTurns.Turn turn = turns.await(request);
    try (turn) {
      return job.run(
          training,
          (step, steps, loss) -> {
            progressListener.training(task.name(), step, steps, loss);
            if (step < steps && schedule.isOver()) {
              throw new PostponedException(task);
            }
          });
    }
  }
}
