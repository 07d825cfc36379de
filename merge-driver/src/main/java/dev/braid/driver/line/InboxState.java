package dev.braid.driver.line;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.figures.GateFigures;
import dev.braid.model.figures.ValidationFigures;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import dev.braid.store.ModelStore;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.object.CorruptObjectException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which inbox files a line has decided, and which ones still wait.
 *
 * @param head the line's newest version; empty before the first
 * @param inbox all files of the inbox
 */
public record InboxState(Optional<Version> head, List<InboxFile> inbox) {
  public InboxState {
    inbox = List.copyOf(inbox);
  }

  /** The current state of a line. */
  public static InboxState of(ModelStore store, LineId line) {
    return of(store, store.versions(line).head());
  }

  public static InboxState of(ModelStore store, Optional<Version> head) {
    return new InboxState(head, store.inbox().files());
  }

  /** The files that the head has neither taken in nor set aside, in the order of arrival. */
  public List<InboxFile> waiting() {
    return undecided(inbox, head.map(Version::decided).orElse(Set.of()));
  }

  /**
   * What the gate measured and decided before the head; empty if it did not run, or if its record
   * cannot be read, which {@code fsck} reports.
   */
  public Optional<GateFigures> lastGate(ModelStore store) {
    try {
      return head.flatMap(Version::evaluation).map(store.records()::gate);
    } catch (CorruptObjectException | StoreFormatException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * The accuracies of the head's model among those that the gate measured: the candidate's if it
   * was published, otherwise those of the version before, whose model the head repeats.
   */
  public ValidationFigures ofHead(GateFigures lastGate) {
    return isSetAside(lastGate) ? lastGate.head() : lastGate.candidate();
  }

  /* A candidate that is published by force has reasons against it too, but is not set aside. */
  private boolean isSetAside(GateFigures gate) {
    return head.stream()
        .flatMap(version -> version.setAside().stream())
        .filter(aside -> aside.task().equals(gate.task()))
        .anyMatch(aside -> aside.reason().equals(gate.result().sentence()));
  }

  /** Whether the line has learned a task of this name. */
  public boolean knows(TaskId task) {
    return learned(task).isPresent();
  }

  /**
   * The request by which the line learned a task; empty if it has not, or the request was purged.
   */
  public Optional<InboxFile> learnedBy(TaskId task) {
    return learned(task).stream()
        .flatMap(entry -> inbox.stream().filter(file -> file.digest().equals(entry.file())))
        .filter(file -> !file.isPurged())
        .findFirst();
  }

  private Optional<InboxEntry> learned(TaskId task) {
    return head.stream()
        .flatMap(version -> version.taken().stream())
        .filter(entry -> entry.task().equals(task))
        .findFirst();
  }

  /** Whether a request of this name waits. */
  public boolean awaits(TaskId task) {
    return waiting().stream().anyMatch(file -> file.task().equals(task));
  }

  /**
   * The file of this name that was set aside last. Of a learned task only files count that arrived
   * after the learned one: its replacements.
   */
  public Optional<Digest> lastSetAside(TaskId task) {
    Optional<InboxEntry> learned = learned(task);
    return head.stream()
        .flatMap(version -> version.setAside().stream())
        .filter(aside -> aside.task().equals(task))
        .map(SetAside::file)
        .filter(file -> learned.isEmpty() || arrivedAfter(file, learned.get()))
        .reduce((earlier, later) -> later);
  }

  private boolean arrivedAfter(Digest file, InboxEntry learned) {
    return inbox.stream()
        .anyMatch(each -> each.digest().equals(file) && each.number() > learned.number());
  }

  /**
   * The files that the line has not decided, in the order of arrival.
   *
   * @param decided digests of the files that its head took in or set aside
   */
  public static List<InboxFile> undecided(Collection<InboxFile> inbox, Set<Digest> decided) {
    return inbox.stream()
        .filter(file -> !decided.contains(file.digest()))
        .sorted(Comparator.comparingInt(InboxFile::number))
        .toList();
  }
}
