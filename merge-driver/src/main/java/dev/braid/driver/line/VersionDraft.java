package dev.braid.driver.line;

import dev.braid.driver.line.Line.Head;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import dev.braid.store.ModelStore;
import dev.braid.store.commit.CommitConflictException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a line's next version says.
 *
 * @param action what was done, for people
 * @param model digest of the model that answers from now on
 * @param taken files of the inbox that it has learned
 * @param setAside files of the inbox that it shall not learn
 * @param evaluation digest of the figures that led to it, if there are any
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
   * Publishes it behind a head.
   *
   * @throws CommitConflictException if the line has another head by now, or something it names may
   *     be collected as garbage; nothing was changed
   */
  public Version commit(ModelStore store, LineId line, Head head, InstantSource clock)
      throws CommitConflictException {
    OptionalInt parent = head.version().stream().mapToInt(Version::number).findFirst();
    Version next =
        new Version(
            line,
            parent.orElse(0) + 1,
            parent,
            clock.instant(),
            action,
            model,
            taken,
            setAside,
            evaluation,
            /* provenance= */ Optional.empty());
    return store.versions(line).commit(next);
  }
}
