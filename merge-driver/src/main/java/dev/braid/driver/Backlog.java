package dev.braid.driver;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.Version;
import dev.braid.model.Version.SetAside;
import dev.braid.store.InboxFile;
import dev.braid.store.ModelStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a line has decided about the inbox, and what still waits.
 *
 * @param head the line's newest version, if it has one
 * @param waiting the files that the head neither took in nor set aside, in order of arrival
 */
public record Backlog(Optional<Version> head, List<InboxFile> waiting) {
  public Backlog {
    waiting = List.copyOf(waiting);
  }

  /** The line's backlog now. */
  public static Backlog of(ModelStore store, LineId line) {
    return of(store, store.versions(line).head());
  }

  static Backlog of(ModelStore store, Optional<Version> head) {
    Set<Digest> decided = head.map(Version::decided).orElse(Set.of());
    return new Backlog(head, Scheduler.undecided(store.inbox().files(), decided));
  }

  /** Whether the line has learned a task of this name. */
  public boolean knows(TaskId task) {
    return head.stream()
        .flatMap(version -> version.taken().stream())
        .anyMatch(entry -> entry.task().equals(task));
  }

  /** Whether a request of this name waits. */
  public boolean awaits(TaskId task) {
    return waiting.stream().anyMatch(file -> file.task().equals(task));
  }

  /** The file of this name that was set aside last. */
  Optional<Digest> lastSetAside(TaskId task) {
    return head.stream()
        .flatMap(version -> version.setAside().stream())
        .filter(aside -> aside.task().equals(task))
        .map(SetAside::file)
        .reduce((earlier, later) -> later);
  }
}
