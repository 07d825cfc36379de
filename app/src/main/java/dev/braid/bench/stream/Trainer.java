package dev.braid.bench.stream;

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
 * Trains what strategies ask for, each training once: who asks for one that is under way waits for
 * it.
 */
final class Trainer {
  private final TrainJob job;
  private final ProgressListener progressListener;
  private final Map<Training, FutureTask<Digest>> trainings = new ConcurrentHashMap<>();

  Trainer(TrainJob job, ProgressListener progressListener) {
    this.job = job;
    this.progressListener = progressListener;
  }

  /**
   * The digest of the delta.
   *
   * @param name what the training is called while it runs
   */
  Digest train(TaskId name, Training training) {
    FutureTask<Digest> mine =
        new FutureTask<>(
            () ->
                job.run(
                    training,
                    (step, steps, loss) -> progressListener.training(name, step, steps, loss)));
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
