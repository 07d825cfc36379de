package dev.braid.driver.merging;

import dev.braid.driver.line.Line.Head;
import dev.braid.inference.WeightsRef;
import dev.braid.model.TaskId;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.TrainSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a line's strategy decides of the flow: what a task is trained from, and its merge. */
public interface LineStrategy {
  /** When the tasks of a run may be trained. */
  enum Pace {
    /** All at the same time: none knows of another. */
    AT_ONCE,
    /** Each when the one before was merged, for it goes on from there. */
    IN_TURN
  }

  /**
   * What a training begins with.
   *
   * @param alignment with that beginning; null for none
   */
  record Start(WeightsRef weights, @Nullable Alignment alignment) {}

  Pace pace();

  /** What the training of a task begins with that is to be merged with this model. */
  Start start(ModelRecord head, TrainSettings training);

  /**
   * The candidate.
   *
   * @throws RefusedDeltaException if the task cannot be merged
   * @throws CommitConflictException if the head is not what the task was trained for: run again
   */
  Candidate run(Head head, MergeRequest request) throws CommitConflictException;

  /** What an operator must hear about the candidate that did not hold at the head already. */
  List<String> alarms(Head head, Candidate candidate, TaskId task);
}
