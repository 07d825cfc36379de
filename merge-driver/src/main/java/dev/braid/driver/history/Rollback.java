package dev.braid.driver.history;

import dev.braid.driver.line.Author;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.Line.Head;
import dev.braid.driver.line.VersionDraft;
import dev.braid.model.Digest;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import dev.braid.store.ModelStore;
import dev.braid.store.commit.CommitConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Publishes an earlier version's model again. History is unchanged; the inbox files that the
 * rollback undoes are set aside, so that the next run does not learn them again.
 */
public final class Rollback {
  private final ModelStore store;
  private final Line line;
  private final Author author;

  public Rollback(ModelStore store, Line line, Author author) {
    this.store = store;
    this.line = line;
    this.author = author;
  }

  /**
   * The new version; empty if the head has the same model and files already.
   *
   * @param number of the version to go back to
   * @throws IllegalArgumentException if the line has no such version
   * @throws CommitConflictException if another version became the head in the meantime
   */
  public Optional<Version> run(int number) throws CommitConflictException {
    Version back =
        store
            .versions(line.id())
            .find(number)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot roll back line %s to version %s: there is none ('braid log' lists them)"
                            .formatted(line.id(), number)));
    Head head = line.head();
    if (isDone(head, back)) {
      return Optional.empty();
    }
    VersionDraft next =
        new VersionDraft(
            "roll back to version " + number,
            back.model(),
            back.taken(),
            setAside(head, back),
            Optional.empty());
    return Optional.of(next.commit(store, line.id(), head, author));
  }

  private static boolean isDone(Head head, Version back) {
    Version now = head.version().orElseThrow();
    return now.model().equals(back.model()) && files(now).equals(files(back));
  }

  private static List<Digest> files(Version version) {
    return version.taken().stream().map(InboxEntry::file).toList();
  }

  /**
   * The files that the head has set aside and the version has not learned, then the undone files.
   */
  private static List<SetAside> setAside(Head head, Version back) {
    Set<Digest> learned = Set.copyOf(files(back));
    List<SetAside> setAside = new ArrayList<>();
    head.setAside().stream()
        .filter(aside -> !learned.contains(aside.file()))
        .forEach(setAside::add);
    head.taken().stream()
        .filter(entry -> !learned.contains(entry.file()))
        .map(entry -> new SetAside(entry.file(), entry.task(), reason(back.number())))
        .forEach(setAside::add);
    return setAside;
  }

  /** The reason for which a rollback to this version sets files aside. */
  public static String reason(int number) {
    return "rolled back to version " + number;
  }
}
