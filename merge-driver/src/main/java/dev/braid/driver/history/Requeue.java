package dev.braid.driver.history;

import dev.braid.driver.line.Author;
import dev.braid.driver.line.InboxState;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.Line.Head;
import dev.braid.driver.line.VersionDraft;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import dev.braid.store.commit.CommitConflictException;
import java.util.Optional;

/**
 * Puts a task that was set aside back into the queue: the same inbox file, in its old place, with
 * the pictures that were ingested for it.
 */
public final class Requeue {
  private final ModelStore store;
  private final Line line;
  private final Author author;

  public Requeue(ModelStore store, Line line, Author author) {
    this.store = store;
    this.line = line;
    this.author = author;
  }

  /**
   * The version that no longer has it set aside.
   *
   * @throws IllegalArgumentException if the task is learned, waits, or was never set aside
   * @throws CommitConflictException if another version became the head in the meantime
   */
  public Version run(TaskId task) throws CommitConflictException {
    Head head = line.head();
    Digest file = file(InboxState.of(store, head.version()), task);
    VersionDraft next =
        new VersionDraft(
            "add %s again".formatted(task),
            store.records().put(head.model()),
            head.taken(),
            head.setAsideBut(file),
            Optional.empty());
    return next.commit(store, line.id(), head, author);
  }

  private Digest file(InboxState inboxState, TaskId task) {
    if (inboxState.awaits(task)) {
      throw cannot(task, "it waits in the inbox already; run 'braid run'");
    }
    return inboxState
        .lastSetAside(task)
        .orElseThrow(
            () ->
                cannot(
                    task,
                    inboxState.knows(task)
                        ? "line %s has learned it".formatted(line.id())
                        : "it is not set aside ('braid status' lists what is)"));
  }

  private static IllegalArgumentException cannot(TaskId task, String why) {
    return new IllegalArgumentException("Cannot add %s again: %s".formatted(task, why));
  }
}
