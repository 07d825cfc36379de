package dev.braid.driver;

import dev.braid.driver.Line.Head;
import dev.braid.driver.Merge.Pace;
import dev.braid.driver.Prepared.Trained;
import dev.braid.inference.WeightsRef;
import dev.braid.model.TaskId;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.vlm.train.TrainSettings;
import java.util.List;

/** Averages each task, trained from the head's one model and aligned with it, into that model. */
final class PamMerge implements Merge {
  private final PamJob job;
  private final Replacement replacement;

  PamMerge(PamJob job, Replacement replacement) {
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
  public Candidate run(Head head, Trained task) throws CommitConflictException {
    ModelRecord model = head.model();
    TaskId name = task.request().task();
    if (model.learned(name).isPresent()) {
      throw task.request().replaces().isPresent()
          ? new RefusedDeltaException("%s", replacement.obstacle(model, name).orElseThrow())
          : new RefusedDeltaException(
              "Cannot merge task %s: the version has learned it already", name);
    }
    if (!task.start().equals(WeightsRef.ofAll(model))) {
      throw new CommitConflictException(
          "Cannot merge task %s: another run published while it was trained, and it must go on from"
                  .formatted(name)
              + " there; run again");
    }
    return job.run(model, NewTask.of(task), PamSettings.of(model.settings()).weight());
  }

  /** Its merge has no health of its own: what it does to other tasks is for the gate to see. */
  @Override
  public List<String> alarms(Head head, Candidate candidate, TaskId task) {
    return List.of();
  }
}
