package dev.braid.driver.history;

import dev.braid.driver.line.Author;
import dev.braid.driver.line.InboxState;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.Line.Head;
import dev.braid.driver.line.VersionDraft;
import dev.braid.driver.merging.MergeJob;
import dev.braid.driver.merging.Residue;
import dev.braid.driver.merging.TaskRemoval;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import dev.braid.store.ModelStore;
import dev.braid.store.commit.CommitConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Removes a learned or waiting task from a line and sets its inbox files aside.
 *
 * <p>The model of the other tasks is, in this order: that of a version that had learned only them;
 * under truth {@code deltas} the same, merged from scratch; under truth {@code decoupled} the
 * head's model without the task's trigger, if the residue is accepted.
 */
public final class Removal {
  private final ModelStore store;
  private final Line line;
  private final TaskRemoval taskRemoval;
  private final MergeAll mergeAll;
  private final UnaryOperator<ModelRecord> answering;
  private final Supplier<Author> author;

  /**
   * Removes from a line.
   *
   * @param answering gives a model the rule by which it answers
   * @param author asked when everything is merged, because merging may start Spark
   */
  public Removal(
      ModelStore store,
      Line line,
      MergeAll mergeAll,
      UnaryOperator<ModelRecord> answering,
      Supplier<Author> author) {
    this.store = store;
    this.line = line;
    this.taskRemoval = new TaskRemoval(store, line.id());
    this.mergeAll = mergeAll;
    this.answering = answering;
    this.author = author;
  }

  /** Merges tasks from scratch; callers with a Spark context use {@link MergeJob#mergeAll}. */
  @FunctionalInterface
  public interface MergeAll {
    /** The model of only these tasks. */
    ModelRecord mergeAll(ModelRecord empty, List<Digest> records);
  }

  /**
   * The version without the task; empty if the task is set aside already.
   *
   * @throws IllegalArgumentException if the line does not know the task, or cannot remove its
   *     residue
   * @throws CommitConflictException if another version became the head in the meantime
   */
  public Optional<Version> run(TaskId task, Residue residue) throws CommitConflictException {
    Head head = line.head();
    InboxState inboxState = InboxState.of(store, head.version());
    boolean isLearned = head.model().learned(task).isPresent();
    if (!isLearned && !inboxState.awaits(task)) {
      if (inboxState.lastSetAside(task).isPresent()) {
        return Optional.empty();
      }
      throw cannot(task, "the line has not learned it, and it does not wait ('braid status')");
    }
    ModelRecord model =
        isLearned ? answering(without(head.model(), task, residue), task) : head.model();
    VersionDraft next =
        new VersionDraft(
            "remove " + task,
            store.records().put(model),
            head.taken().stream().filter(entry -> !entry.task().equals(task)).toList(),
            setAside(head, inboxState, task),
            Optional.empty());
    return Optional.of(next.commit(store, line.id(), head, author.get()));
  }

  private static List<SetAside> setAside(Head head, InboxState inboxState, TaskId task) {
    List<SetAside> setAside = new ArrayList<>(head.setAside());
    head.taken().stream()
        .filter(entry -> entry.task().equals(task))
        .map(InboxEntry::file)
        .forEach(file -> setAside.add(new SetAside(file, task, "removed")));
    inboxState.waiting().stream()
        .filter(file -> file.task().equals(task))
        .map(InboxFile::digest)
        .forEach(file -> setAside.add(new SetAside(file, task, "removed before it was learned")));
    return setAside;
  }

  private ModelRecord without(ModelRecord model, TaskId task, Residue residue) {
    if (model.isOneForAll()) {
      throw cannot(
          task,
          "strategy %s keeps one model for all tasks, and what it learned of one cannot be taken out"
                  .formatted(model.strategy())
              + " of it; 'braid rollback' to a version before it, then 'braid add --again' the"
              + " later tasks");
    }
    Optional<ModelRecord> before = taskRemoval.exactly(model, task);
    if (before.isPresent()) {
      return before.get();
    }
    List<Learned> others = TaskRemoval.others(model, task);
    if (model.mergeState() == MergeState.DELTAS) {
      return mergeAll.mergeAll(Line.withoutTasks(model), TaskRemoval.records(others));
    }
    if (residue == Residue.REFUSED) {
      throw cannot(
          task,
          "under truth decoupled its delta is mixed into the unified one, and what that changed in"
              + " the experts of "
              + others.stream().map(other -> other.task().name()).toList()
              + " cannot be undone; 'braid rollback' to a version before it and 'braid add --again'"
              + " of the later tasks gives an exact result; --accept-residue removes only the"
              + " task's own trigger");
    }
    return taskRemoval.withResidue(model, task);
  }

  private ModelRecord answering(ModelRecord others, TaskId task) {
    try {
      return answering.apply(others);
    } catch (IllegalArgumentException e) {
      throw cannot(
          task,
          "the tasks that stay cannot be asked by the rule of the settings (braid.routing): "
              + e.getMessage());
    }
  }

  private IllegalArgumentException cannot(TaskId task, String why) {
    return new IllegalArgumentException(
        "Cannot remove %s from line %s: %s".formatted(task, line.id(), why));
  }
}
