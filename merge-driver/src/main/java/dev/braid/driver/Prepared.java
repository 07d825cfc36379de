package dev.braid.driver;

import dev.braid.driver.merging.RefusedTaskException;
import dev.braid.driver.merging.TaskDraft;
import dev.braid.driver.strategy.TrainingRecord;
import dev.braid.inference.EvaluationSet;
import dev.braid.jobs.train.Training;
import dev.braid.model.Digest;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.Version.InboxEntry;

/** A task that is ready to be decided. */
public sealed interface Prepared {
  /** The inbox file that asked for it. */
  InboxEntry file();

  /**
   * The trained task.
   *
   * @throws RefusedTaskException if it cannot be learned
   */
  Trained trained();

  /**
   * A task with a data set, an expert and prototypes.
   *
   * @param dataset digest of the data set's record
   * @param training how the expert was trained
   * @param delta digest of the expert's delta
   * @param prototypes digest of its classes' vectors
   */
  record Trained(
      Request request,
      Digest dataset,
      DatasetRecord content,
      Training training,
      Digest delta,
      Digest prototypes)
      implements Prepared {
    @Override
    public InboxEntry file() {
      return request.file();
    }

    @Override
    public Trained trained() {
      return this;
    }

    /** What it is tested on. */
    EvaluationSet evaluationSet() {
      return new EvaluationSet(request.task(), dataset, request.templates());
    }

    /** Its record, except for what the merge adds. */
    TaskDraft draft() {
      return new TaskDraft(
          request.task(),
          content.classNames(),
          request.templates(),
          dataset,
          delta,
          prototypes,
          TrainingRecord.of(training, request.pictures()),
          request.training().seed());
    }
  }

  /** A task that cannot be learned. */
  record Refused(InboxEntry file, String reason) implements Prepared {
    /** The file, refused for the exception's reason. */
    static Refused of(InboxEntry file, RuntimeException reason) {
      return new Refused(file, String.valueOf(reason.getMessage()));
    }

    @Override
    public Trained trained() {
      throw new RefusedTaskException(reason);
    }
  }

  /**
   * A task that could not be prepared or decided, for a reason that is not its own: it is left
   * undecided, and the next run tries it again.
   */
  record Failed(InboxEntry file, RuntimeException cause) {}
}
