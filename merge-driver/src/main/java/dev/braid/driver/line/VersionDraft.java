package dev.braid.driver.line;

import dev.braid.driver.line.Line.Head;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import dev.braid.store.ModelStore;
import dev.braid.store.commit.CommitConflictException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;

/**
 * The content of a line's next version.
 *
 * @param action what was done, for display
 * @param model digest of the model record
 * @param taken inbox files that the model has learned
 * @param setAside inbox files that are set aside
 * @param evaluation digest of the figures of its evaluation, if there was one
 */
public record VersionDraft(
    String action,
    Digest model,
    List<InboxEntry> taken,
    List<SetAside> setAside,
    Optional<Digest> evaluation) {
  public VersionDraft {
    taken = List.copyOf(taken);
    setAside = List.copyOf(setAside);
  }

  /**
   * Publishes the version after a head.
   *
   * @throws CommitConflictException if the line has another head by now, or an object it names may
   *     be deleted by garbage collection; nothing was changed
   * @throws CancellationException if the thread is interrupted; nothing was changed
   */
  public Version commit(ModelStore store, LineId line, Head head, Author author)
      throws CommitConflictException {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException(
          "Cancelled '%s' on line %s: its thread was interrupted".formatted(action, line));
    }
    OptionalInt parent = head.version().stream().mapToInt(Version::number).findFirst();
    Version next =
        new Version(
            line,
            parent.orElse(0) + 1,
            parent,
            author.clock().instant(),
            action,
            model,
            taken,
            setAside,
            evaluation,
            author.publication().map(store.records()::put));
    return store.versions(line).commit(next);
  }
}
