package dev.braid.driver;

import dev.braid.driver.Prepared.Trained;
import dev.braid.driver.line.Line.Head;
import dev.braid.driver.line.VersionRules;
import dev.braid.driver.merging.Candidate;
import dev.braid.driver.merging.RefusedTaskException;
import dev.braid.driver.merging.Replacement;
import dev.braid.driver.strategy.LineStrategy;
import dev.braid.driver.strategy.MergeJobs;
import dev.braid.model.TaskId;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.commit.CommitConflictException;
import java.util.List;

/** The stage that merges a trained task into the head's model, as the line's strategy does. */
final class Merge {
  private final LineStrategy strategy;
  private final MergeJobs jobs;
  private final Replacement replacement;
  private final VersionRules rules;
  private final MergeHealth.Limits limits;

  Merge(
      LineStrategy strategy,
      MergeJobs jobs,
      Replacement replacement,
      VersionRules rules,
      MergeHealth.Limits limits) {
    this.strategy = strategy;
    this.jobs = jobs;
    this.replacement = replacement;
    this.rules = rules;
    this.limits = limits;
  }

  /**
   * The candidate, with the rule by which it answers. A request to replace a task that the line has
   * not learned is a request to learn it.
   *
   * @throws RefusedTaskException if the task cannot be merged, or its pictures cannot be told apart
   * @throws CommitConflictException if the head is not the one that the task was trained for
   */
  Candidate run(Head head, Trained task) throws CommitConflictException {
    Candidate merged = merge(head, task);
    try {
      return merged.with(rules.answering(merged.record()));
    } catch (IllegalArgumentException e) {
      throw new RefusedTaskException(
          "Cannot learn task %s: %s".formatted(task.request().task(), e.getMessage()));
    }
  }

  private Candidate merge(Head head, Trained task) throws CommitConflictException {
    ModelRecord model = head.model();
    TaskId name = task.request().task();
    boolean isLearned = model.learned(name).isPresent();
    if (isLearned && task.request().replaces().isPresent()) {
      return replacement.run(jobs.unify(), model, task.draft(), task.request().replaces().get());
    }
    if (!isLearned && !task.training().start().equals(strategy.start(model))) {
      throw new CommitConflictException(
          "Cannot merge task %s: another run published while it was trained, and it must go on from"
                  .formatted(name)
              + " there; run again");
    }
    return strategy.merge(jobs, model, task.draft());
  }

  /** What the merge reports against the candidate and did not report at the head already. */
  List<String> alarms(Head head, Candidate candidate, TaskId task) {
    return candidate.health().alarmsSince(jobs.unify().health(head.model()).without(task), limits);
  }
}
