package dev.braid.driver.strategy;

import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.TrainJob;
import dev.braid.jobs.train.Training;
import dev.braid.model.Digest;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs the trainings that strategies ask for, each one once: a caller that asks for a running
 * training waits for it. A failed training is forgotten.
 */
public final class Trainer {
  private final Job job;
  private final ProgressListener progressListener;
  private final Map<Training, FutureTask<Digest>> trainings = new ConcurrentHashMap<>();

  /** Runs a training, such as {@link TrainJob#run}. */
  @FunctionalInterface
  interface Job {
    Digest run(Training training, TrainJob.Progress progress);
  }

  public Trainer(TrainJob job, ProgressListener progressListener) {
    this(job::run, progressListener);
  }

  Trainer(Job job, ProgressListener progressListener) {
    this.job = job;
    this.progressListener = progressListener;
  }

  /**
   * The digest of the delta. A training that failed is run again by the next call.
   *
   * @param label the name of the training for progress listeners
   */
  public Digest train(String label, Training training) {
    FutureTask<Digest> mine =
        new FutureTask<>(
            () ->
                job.run(
                    training,
                    (step, steps, loss) -> progressListener.training(label, step, steps, loss)));
    FutureTask<Digest> first = trainings.putIfAbsent(training, mine);
    if (first == null) {
      mine.run();
    }
    return result(training, first == null ? mine : first);
  }

  private Digest result(Training training, FutureTask<Digest> run) {
    try {
      return run.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a training");
    } catch (ExecutionException e) {
      // before any caller learns of the failure: whoever calls again must not find this run
      var unused = trainings.remove(training, run);
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
