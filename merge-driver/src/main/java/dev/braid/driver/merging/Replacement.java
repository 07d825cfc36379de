package dev.braid.driver.merging;

import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.store.ModelStore;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the expert that a line has learned under a name with a new one.
 *
 * <p>If the old expert is the last one, and a version had learned only the others, the new expert
 * is merged with that version's model. Otherwise, under truth {@code deltas}, all experts are
 * merged from scratch. Both result in the model of a line that learned the new task instead of the
 * old one. Under truth {@code decoupled} the old trigger is removed and the new expert is merged
 * last, if the residue is accepted.
 */
public final class Replacement {
  private final TaskRemoval taskRemoval;
  private final LineId line;

  public Replacement(ModelStore store, LineId line) {
    this.taskRemoval = new TaskRemoval(store, line);
    this.line = line;
  }

  /** Why the learned task cannot be replaced without residue, as a sentence; empty if it can. */
  public Optional<String> obstacle(ModelRecord model, TaskId task) {
    if (model.isOneForAll()) {
      return Optional.of(
          ("Cannot replace %s on line %s: strategy %s keeps one model for all tasks, and what it"
                  + " learned of one cannot be taken out of it; 'braid rollback' to a version before"
                  + " it, then 'braid add' the new task")
              .formatted(task, line, model.strategy()));
    }
    if (model.mergeState() == MergeState.DELTAS || before(model, task).isPresent()) {
      return Optional.empty();
    }
    List<String> others =
        TaskRemoval.others(model, task).stream().map(other -> other.task().name()).toList();
    return Optional.of(
        ("Cannot replace %s on line %s: under truth decoupled its delta is mixed into the unified"
                + " one, and what that changed in the experts of %s cannot be undone; give the new"
                + " task another name, or --accept-residue takes away the old trigger alone and"
                + " merges the new task last")
            .formatted(task, line, others));
  }

  /**
   * The candidate.
   *
   * @param model has learned a task of the same name
   * @throws RefusedTaskException if the delta cannot be merged, or residue would remain that is not
   *     accepted
   */
  public Candidate run(MergeJob job, ModelRecord model, TaskDraft task, Residue residue) {
    if (model.isOneForAll()) {
      throw refusal(model, task.task());
    }
    Optional<ModelRecord> before = before(model, task.task());
    if (before.isPresent()) {
      return job.run(before.get(), task);
    }
    if (model.mergeState() == MergeState.DELTAS) {
      return job.replace(model, task);
    }
    if (residue == Residue.REFUSED) {
      throw refusal(model, task.task());
    }
    ModelRecord others =
        taskRemoval
            .exactly(model, task.task())
            .orElseGet(() -> taskRemoval.withResidue(model, task.task()));
    return job.run(others, task);
  }

  private RefusedTaskException refusal(ModelRecord model, TaskId task) {
    return new RefusedTaskException(obstacle(model, task).orElseThrow());
  }

  /** The model with which the last task was merged, if a version still has it. */
  private Optional<ModelRecord> before(ModelRecord model, TaskId task) {
    Learned last = model.tasks().get(model.tasks().size() - 1);
    return last.task().equals(task) ? taskRemoval.exactly(model, task) : Optional.empty();
  }
}
