package dev.braid.model.record;

import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Proportion;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A numbered state of a line, as its manifest describes it.
 *
 * @param parent the version it was created from; none for a line's first
 * @param action what was done, for people, such as "learn dtd"
 * @param model digest of the model record
 * @param taken files of the inbox that this version and its ancestors took in
 * @param setAside files of the inbox that this version and its ancestors set aside
 * @param evaluation digest of the figures that decided about it, if there are any
 * @param provenance digest of its {@link Publication}; none in versions of earlier releases
 */
public record Version(
    LineId line,
    int number,
    OptionalInt parent,
    Instant time,
    String action,
    Digest model,
    List<InboxEntry> taken,
    List<SetAside> setAside,
    Optional<Digest> evaluation,
    Optional<Digest> provenance) {
  /**
   * A file of the inbox.
   *
   * @param number its number there
   * @param file its digest
   * @param validation the task's accuracy on validation pictures when the file was learned; empty
   *     if it is not learned, or no gate measured it
   */
  public record InboxEntry(int number, TaskId task, Digest file, Optional<Proportion> validation) {
    /** A file that no gate has measured. */
    public InboxEntry(int number, TaskId task, Digest file) {
      this(number, task, file, Optional.empty());
    }

    /** The same file, learned with this accuracy. */
    public InboxEntry learnedWith(Proportion accuracy) {
      return new InboxEntry(number, task, file, Optional.of(accuracy));
    }
  }

  /** A file of the inbox that was set aside, and why. */
  public record SetAside(Digest file, TaskId task, String reason) {}

  public Version {
    taken = List.copyOf(taken);
    setAside = List.copyOf(setAside);
    Check.argument(
        number == parent.orElse(0) + 1,
        "Invalid version number: %s (one more than its parent %s)",
        number,
        parent.orElse(0));
  }

  /** Refuses a version that decides about a file of the inbox twice; it cannot be committed. */
  public void checkDecidesOnce() {
    Set<Digest> seen = new HashSet<>();
    decided(taken, setAside)
        .forEach(
            file ->
                Check.argument(
                    seen.add(file), "Invalid version: inbox file %s is decided twice", file));
  }

  private static Stream<Digest> decided(List<InboxEntry> taken, List<SetAside> setAside) {
    return Stream.concat(
        taken.stream().map(InboxEntry::file), setAside.stream().map(SetAside::file));
  }

  /** The inbox files that were taken in or set aside: none of them is pending. */
  public Set<Digest> decided() {
    return decided(taken, setAside).collect(Collectors.toSet());
  }
}
