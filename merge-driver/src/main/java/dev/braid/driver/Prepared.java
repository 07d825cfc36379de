package dev.braid.driver;

import dev.braid.driver.merging.MergeRequest;
import dev.braid.driver.merging.TaskDraft;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.WeightsRef;
import dev.braid.model.Digest;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.Version.InboxEntry;

/** What became of a request before its turn to be merged. */
public sealed interface Prepared {
  /** The inbox file that asked for it. */
  InboxEntry file();

  /**
   * A data set was made of it, an expert trained on that, and its classes have prototypes.
   *
   * @param dataset digest of the data set's record
   * @param start what it was trained from
   * @param delta digest of the expert's delta
   * @param prototypes digest of its classes' vectors
   */
  record Trained(
      Request request,
      Digest dataset,
      DatasetRecord content,
      WeightsRef start,
      Digest delta,
      Digest prototypes)
      implements Prepared {
    @Override
    public InboxEntry file() {
      return request.file();
    }

    /** How it is tested. */
    EvaluationSet evaluationSet() {
      return new EvaluationSet(request.task(), dataset, request.templates());
    }

    /** What the merge needs of it. */
    MergeRequest mergeRequest() {
      return new MergeRequest(
          new TaskDraft(
              request.task(),
              content.classNames(),
              request.templates(),
              dataset,
              delta,
              prototypes,
              TaskDraft.settings(request.training()),
              request.training().seed()),
          start,
          request.replaces());
    }
  }

  /** Another run decided about it before its turn. */
  record AlreadyDecided(InboxEntry file) implements Prepared {}

  /** It cannot be learned. */
  record Refused(InboxEntry file, String reason) implements Prepared {
    /** The file, refused for what the exception says. */
    static Refused of(InboxEntry file, RuntimeException reason) {
      return new Refused(file, String.valueOf(reason.getMessage()));
    }
  }

  /** Something went wrong that says nothing about the task: the next run tries it again. */
  record Failed(InboxEntry file, RuntimeException cause) implements Prepared {}
}
