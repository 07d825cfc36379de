package dev.braid.driver.merging;

import dev.braid.driver.line.Line.Head;
import dev.braid.inference.WeightsRef;
import dev.braid.model.TaskId;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.ModelRecord;
import dev.braid.vlm.train.TrainSettings;
import java.util.List;
import java.util.Optional;

/** Merges each task, an expert of the base of its own, with the head's unified delta. */
public final class ConduStrategy implements LineStrategy {
  private final MergeJob job;
  private final Replacement replacement;
  private final MergeHealth.Limits limits;

  public ConduStrategy(MergeJob job, Replacement replacement, MergeHealth.Limits limits) {
    this.job = job;
    this.replacement = replacement;
    this.limits = limits;
  }

  @Override
  public Pace pace() {
    return Pace.AT_ONCE;
  }

  @Override
  public Start start(ModelRecord head, TrainSettings training) {
    return new Start(new WeightsRef.Base(), /* alignment= */ null);
  }

  /**
   * The candidate. A request to replace a task that the line does not know, or not any more, is one
   * to learn it.
   */
  @Override
  public Candidate run(Head head, MergeRequest request) {
    ModelRecord model = head.model();
    TaskDraft added = request.task();
    Optional<Residue> replaces =
        request.replaces().filter(residue -> model.learned(added.task()).isPresent());
    return replaces.isPresent()
        ? replacement.run(job, model, added, replaces.get())
        : job.run(model, added);
  }

  @Override
  public List<String> alarms(Head head, Candidate candidate, TaskId task) {
    return candidate.health().alarmsSince(job.health(head.model()).without(task), limits);
  }
}
