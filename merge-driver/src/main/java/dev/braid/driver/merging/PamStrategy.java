package dev.braid.driver.merging;

import dev.braid.driver.line.Line.Head;
import dev.braid.driver.line.PamSettings;
import dev.braid.driver.merging.LineStrategy.Pace;
import dev.braid.inference.WeightsRef;
import dev.braid.model.TaskId;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.vlm.train.TrainSettings;
import java.util.List;

/** Averages each task, trained from the head's one model and aligned with it, into that model. */
public final class PamStrategy implements LineStrategy {
  private final PamJob job;
  private final Replacement replacement;

  public PamStrategy(PamJob job, Replacement replacement) {
    this.job = job;
    this.replacement = replacement;
  }

  @Override
  public Pace pace() {
    return Pace.IN_TURN;
  }

  @Override
  public Start start(ModelRecord head, TrainSettings training) {
    return new Start(
        WeightsRef.ofAll(head), PamSettings.of(head.settings()).alignment(training.steps()));
  }

  @Override
  public Candidate run(Head head, MergeRequest request) throws CommitConflictException {
    ModelRecord model = head.model();
    TaskId name = request.task().task();
    if (model.learned(name).isPresent()) {
      throw request.replaces().isPresent()
          ? new RefusedDeltaException("%s", replacement.obstacle(model, name).orElseThrow())
          : new RefusedDeltaException(
              "Cannot merge task %s: the version has learned it already", name);
    }
    if (!request.start().equals(WeightsRef.ofAll(model))) {
      throw new CommitConflictException(
          "Cannot merge task %s: another run published while it was trained, and it must go on from"
                  .formatted(name)
              + " there; run again");
    }
    return job.run(model, request.task(), PamSettings.of(model.settings()).weight());
  }

  /** Its merge has no health of its own: what it does to other tasks is for the gate to see. */
  @Override
  public List<String> alarms(Head head, Candidate candidate, TaskId task) {
    return List.of();
  }
}
