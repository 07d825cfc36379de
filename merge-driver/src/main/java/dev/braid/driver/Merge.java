package dev.braid.driver;

import dev.braid.driver.Line.Head;
import dev.braid.driver.Prepared.Trained;
import dev.braid.driver.Removal.Residue;
import dev.braid.model.ModelRecord;
import dev.braid.model.TaskId;
import java.util.List;
import java.util.Optional;

/** The stage that merges a trained task with the head's model. */
final class Merge {
  private final MergeJob job;
  private final Replacement replacement;
  private final MergeHealth.Limits limits;

  Merge(MergeJob job, Replacement replacement, MergeHealth.Limits limits) {
    this.job = job;
    this.replacement = replacement;
    this.limits = limits;
  }

  /**
   * The candidate. A request to replace a task that the line does not know, or not any more, is one
   * to learn it.
   *
   * @throws RefusedDeltaException if the delta cannot be merged
   */
  Candidate run(Head head, Trained task) {
    ModelRecord model = head.model();
    NewTask added = newTask(task);
    Optional<Residue> replaces =
        task.request().replaces().filter(residue -> model.learned(added.task()).isPresent());
    return replaces.isPresent()
        ? replacement.run(job, model, added, replaces.get())
        : job.run(model, added);
  }

  /** What an operator must hear about the candidate that did not hold at the head already. */
  List<String> alarms(Head head, Candidate candidate, TaskId task) {
    return candidate.health().alarmsSince(job.health(head.model()).without(task), limits);
  }

  private static NewTask newTask(Trained task) {
    Request request = task.request();
    return new NewTask(
        request.task(),
        task.content().classNames(),
        request.templates(),
        task.dataset(),
        task.delta(),
        task.prototypes(),
        NewTask.settings(request.training()),
        request.training().seed());
  }
}
