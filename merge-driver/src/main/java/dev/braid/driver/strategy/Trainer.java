package dev.braid.driver.strategy;

import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.TrainJob;
import dev.braid.jobs.train.Training;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs the trainings that strategies ask for, each one once: a caller that asks for a running
 * training waits for it.
 */
public final class Trainer {
  private final TrainJob job;
  private final ProgressListener progressListener;
  private final Map<Training, FutureTask<Digest>> trainings = new ConcurrentHashMap<>();

  public Trainer(TrainJob job, ProgressListener progressListener) {
    this.job = job;
    this.progressListener = progressListener;
  }

  /**
   * The digest of the delta.
   *
   * @param label the name of the training for progress listeners
   */
  public Digest train(TaskId label, Training training) {
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
    return result(first == null ? mine : first);
  }

  private static Digest result(FutureTask<Digest> training) {
    try {
      return training.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a training");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
