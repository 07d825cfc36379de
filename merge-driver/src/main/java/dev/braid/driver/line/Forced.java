package dev.braid.driver.line;

import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The inbox files that an operator publishes whatever the gate's result. They are files, not names:
 * a later file of the same name has to pass the gate.
 */
public record Forced(Set<Digest> files) {
  /** Nothing is forced. */
  public static final Forced NONE = new Forced(Set.of());

  public Forced {
    files = Set.copyOf(files);
  }

  /**
   * The file of each task that was set aside last. A task that is learned already has none, unless
   * the file is to replace it.
   *
   * @throws IllegalArgumentException if a task is neither set aside nor learned, or if another file
   *     of it waits, so that it is ambiguous which one is meant
   */
  public static Forced of(InboxState inboxState, Collection<TaskId> tasks) {
    return new Forced(
        tasks.stream()
            .flatMap(task -> file(inboxState, task).stream())
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Optional<Digest> file(InboxState inboxState, TaskId task) {
    Optional<Digest> last = inboxState.lastSetAside(task);
    if (last.isEmpty() && inboxState.knows(task)) {
      return Optional.empty();
    }
    if (last.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot force %s: it is not set aside ('braid status' lists what is)".formatted(task));
    }
    if (inboxState.awaits(task)) {
      throw new IllegalArgumentException(
          "Cannot force %s: another request of this name waits; let 'braid run' decide on that one first"
              .formatted(task));
    }
    return last;
  }

  /** Whether the file is published whatever the gate's result. */
  public boolean covers(Version.InboxEntry file) {
    return files.contains(file.file());
  }
}
