package dev.braid.store.object;

import dev.braid.model.Digest;
import dev.braid.store.file.FileEntry;
import dev.braid.store.file.Folder;
import dev.braid.store.json.StoreFormatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The files of a store that are marked for deletion. */
public final class Tombstones {
  /*
   * A tombstone is a list of files. It waits; the process that deletes its files first creates it
   * under "deleting" too, which succeeds for one of all that try; when the files are deleted, the
   * list is.
   *
   * A process that needs a marked object writes it again over the old one, and then creates a list
   * of the same form under "lifted". A process that deletes reads those after the step that begins;
   * a process that commits asks, after creating that list, whether a file that it needs is being
   * deleted. So of two processes that run at the same time at least one sees the other.
   *
   * "Waiting" is read before "deleting", because tombstones move in this direction only.
   */
  private final TombstoneLists waiting;
  private final TombstoneLists deleting;
  private final TombstoneLists lifted;

  /** The tombstones of the store, or the staging area, in this folder. */
  public Tombstones(Folder folder) {
    this.waiting = new TombstoneLists(folder, "condemned/waiting");
    this.deleting = new TombstoneLists(folder, "condemned/deleting");
    this.lifted = new TombstoneLists(folder, "condemned/lifted");
  }

  /**
   * A list of files.
   *
   * @param id the digest of the list
   * @param created when it was marked, or its deletion began, by the file system's clock
   * @param isBegun whether a process deletes its files, or was interrupted while it did
   */
  public record Tombstone(Digest id, Instant created, boolean isBegun, Set<String> files) {
    public Tombstone {
      files = Set.copyOf(files);
    }

    /** The files of all these. */
    public static Set<String> files(Collection<Tombstone> tombstones) {
      return tombstones.stream()
          .flatMap(tombstone -> tombstone.files().stream())
          .collect(Collectors.toSet());
    }
  }

  /** All tombstones; one whose deletion begins right now may be listed twice. */
  public List<Tombstone> all() {
    List<Tombstone> found = new ArrayList<>();
    addAll(waiting, /* isBegun= */ false, found);
    addAll(deleting, /* isBegun= */ true, found);
    return found;
  }

  private static void addAll(TombstoneLists lists, boolean isBegun, List<Tombstone> found) {
    for (FileEntry entry : lists.entries()) {
      Digest id = lists.id(entry);
      lists
          .files(id)
          .ifPresent(files -> found.add(new Tombstone(id, entry.modified(), isBegun, files)));
    }
  }

  /** Marks files for deletion. */
  public void mark(Collection<String> files) {
    var unused = waiting.create(files); // the same list twice is one
  }

  /** Marks files that no version may use any more, however soon it is committed. */
  public Tombstone markForImmediateDeletion(Collection<String> files) {
    var unused = deleting.create(files);
    return new Tombstone(
        TombstoneLists.id(files), Instant.MAX, /* isBegun= */ true, Set.copyOf(files));
  }

  /** Begins to delete the files of a tombstone; false if another process does or has done it. */
  public boolean begin(Tombstone tombstone) {
    if (!deleting.create(tombstone.files())) {
      return false;
    }
    boolean isStillWaiting =
        waiting.entries().stream()
            .anyMatch(
                entry ->
                    waiting.id(entry).equals(tombstone.id())
                        && entry.modified().equals(tombstone.created()));
    if (!isStillWaiting) {
      deleting.delete(tombstone.id());
    }
    return isStillWaiting;
  }

  /** Forgets a tombstone that waits; one whose deletion has begun stays. */
  public void forget(Tombstone tombstone) {
    waiting.delete(tombstone.id());
  }

  /** Forgets a tombstone: its files are deleted, or needed. */
  public void end(Tombstone tombstone) {
    waiting.delete(tombstone.id());
    deleting.delete(tombstone.id());
  }

  /** Lifts the marks of these files, which have just been written again. */
  public void unmark(Collection<String> files) {
    var unused = lifted.create(files);
  }

  /** The files whose marks are lifted. */
  public Set<String> unmarked() {
    return lifted.files();
  }

  /** Forgets the lifted marks of files that no tombstone names any more. */
  public void forgetUnmarked() {
    List<Digest> lists = lifted.ids(); // before the tombstones: a newer one was lifted later
    Set<String> marked = waiting.files();
    marked.addAll(deleting.files());
    for (Digest list : lists) {
      if (lifted
          .files(list)
          .filter(files -> files.stream().noneMatch(marked::contains))
          .isPresent()) {
        lifted.delete(list);
      }
    }
  }

  /** Whether a file is marked now. A damaged list is ignored here; a commit reports it. */
  public boolean contains(String file) {
    try {
      return now().test(file);
    } catch (StoreFormatException ignored) { // the rest of the store stays usable
      return false;
    }
  }

  /**
   * Whether files are marked now, so that they may be deleted at any moment.
   *
   * @throws StoreFormatException if a list is damaged
   */
  public Predicate<String> now() {
    Set<String> marked = waiting.files();
    if (!marked.isEmpty()) {
      marked.removeAll(unmarked());
    }
    Set<String> begun = deleting.files();
    return file -> marked.contains(file) || begun.contains(file);
  }
}
