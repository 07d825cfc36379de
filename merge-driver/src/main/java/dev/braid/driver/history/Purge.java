package dev.braid.driver.history;

import dev.braid.driver.Ingest;
import dev.braid.driver.line.Author;
import dev.braid.driver.line.InboxState;
import dev.braid.driver.line.Line.Head;
import dev.braid.driver.line.VersionDraft;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import dev.braid.store.Receipts;
import dev.braid.store.StoreFiles;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.gc.Purger;
import dev.braid.store.references.ObjectKind;
import dev.braid.store.references.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Permanently deletes everything that a store has of a removed task: its request, pictures, delta,
 * planes, features and scores, and every version that had learned it. Its name stays in the log.
 *
 * <p>This also deletes everything else that no version needs, because a cached training or feature
 * does not name the task of its pictures; the pictures of other tasks stay. An interrupted purge is
 * completed by running it again.
 */
public final class Purge {
  private final ModelStore store;
  private final StoreFiles files;
  private final long ingestSeed;
  private final Author author;

  /**
   * Purges from a store.
   *
   * @param ingestSeed of the division into splits, by which the pictures of other tasks are found
   */
  public Purge(ModelStore store, long ingestSeed, Author author) {
    this.store = store;
    this.ingestSeed = ingestSeed;
    this.files = StoreFiles.at(store.location());
    this.author = author;
  }

  /**
   * The versions that will be deleted, line by line.
   *
   * @throws IllegalArgumentException if a line has learned the task or it waits, or the store does
   *     not know it
   */
  public List<Version> versions(TaskId task) {
    if (!files.requests().contains(task)) {
      throw new IllegalArgumentException(
          "Cannot purge %s: nothing of that name was ever added to this store".formatted(task));
    }
    if (store.lines().isEmpty()) {
      checkIsRemoved(task, LineId.MAIN, Optional.empty());
    }
    List<Version> affected = new ArrayList<>();
    for (LineId line : store.lines()) {
      checkIsRemoved(task, line, store.versions(line).head());
      store.versions(line).all().stream().filter(each -> knows(each, task)).forEach(affected::add);
    }
    return affected;
  }

  private void checkIsRemoved(TaskId task, LineId line, Optional<Version> head) {
    boolean isKnown = head.filter(version -> knows(version, task)).isPresent();
    if (isKnown || InboxState.of(store, head).awaits(task)) {
      throw new IllegalArgumentException(
          "Cannot purge %s: line %s still has it; run 'braid remove %s --line %s' first"
              .formatted(task, line, task, line));
    }
  }

  private boolean knows(Version version, TaskId task) {
    return store.records().model(version.model()).learned(task).isPresent();
  }

  /**
   * Deletes the task and records the purge in a new version of every line.
   *
   * @return the number of deleted files
   * @throws CommitConflictException if a line got another head in the meantime: run again
   */
  public int run(TaskId task) throws CommitConflictException {
    List<Version> affected = versions(task);
    Author recorded = recorded();
    store.runs().forget(task); // a reason may name its pictures
    return new Purger(store.location())
        .purge(
            affected::contains,
            ingestsOfOthers(task),
            provenance(recorded),
            () -> {
              var unused = versions(task); // refuses, should the task be back by now
              files.requests().purge(task); // before it is set aside no longer
              for (LineId line : store.lines()) {
                record(line, task, recorded);
              }
            });
  }

  /*
   * No other version may name the provenance of the new versions, so it is stored before anything
   * is marked. Its mark cannot be lifted if another deletion has begun, which may have been
   * interrupted by a crash and would stop every purge by this author: the new versions then have no
   * provenance.
   */
  private Author recorded() {
    return provenance(author).stream().anyMatch(files.tombstones()::contains)
        ? Author.at(author.clock())
        : author;
  }

  /** The names of the objects with the provenance of this author's versions. */
  private Set<String> provenance(Author of) {
    return of.publication().map(store.records()::put).stream()
        .map(digest -> new ObjectRef(ObjectKind.FIGURES, digest).file())
        .collect(Collectors.toSet());
  }

  /** The ingest receipts of other tasks, which may wait or be added again. */
  private Set<String> ingestsOfOthers(TaskId task) {
    return store.inbox().files().stream()
        .filter(file -> !file.task().equals(task))
        .flatMap(file -> Ingest.allInputs(file.digest(), ingestSeed).stream())
        .map(inputs -> Receipts.name(Ingest.STAGE.name(), inputs))
        .collect(Collectors.toSet());
  }

  /*
   * The new version also stops concurrent runs: one that checked for tombstones before they were
   * written, and has not published yet, finds its version number taken.
   */
  private void record(LineId line, TaskId task, Author recorded) throws CommitConflictException {
    Version version = store.versions(line).head().orElseThrow();
    if (knows(version, task)) {
      throw new CommitConflictException(
          "Cannot purge %s: line %s has it again (remove it, then purge again)"
              .formatted(task, line));
    }
    Head head = new Head(Optional.of(version), store.records().model(version.model()));
    VersionDraft next =
        new VersionDraft(
            "purge " + task,
            version.model(),
            version.taken(),
            version.setAside().stream().filter(aside -> !aside.task().equals(task)).toList(),
            /* evaluation= */ Optional.empty());
    var unused = next.commit(store, line, head, recorded);
  }
}
