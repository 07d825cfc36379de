package dev.braid.store.gc;

import dev.braid.model.record.Version;
import dev.braid.store.StoreFiles;
import dev.braid.store.StoreLocation;
import dev.braid.store.StoredName;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.file.FileEntry;
import dev.braid.store.object.Tombstones;
import dev.braid.store.object.Tombstones.Tombstone;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Deletes versions and everything that only they need, at once. */
public final class Purger {
  private final StoreFiles files;
  private final Tombstones tombstones;

  public Purger(StoreLocation location) {
    this.files = StoreFiles.at(location);
    this.tombstones = files.tombstones();
  }

  /** Makes commits fail whose check came before. */
  @FunctionalInterface
  public interface Fence {
    /** Gives every line another head. */
    void raise() throws CommitConflictException;
  }

  /**
   * Deletes versions and, at once, all that no other version needs: every receipt and object,
   * however young, the files that repairs moved aside, and all work in progress.
   *
   * @param isPurged no head of a line
   * @param kept names of receipts that stay with all that they name
   * @param needed names of objects that the fence's versions may be the first to name
   * @param fence raised when all is marked; a version committed before that may still keep files
   * @return the number of deleted files
   */
  public int purge(Predicate<Version> isPurged, Set<String> kept, Set<String> needed, Fence fence)
      throws CommitConflictException {
    Set<String> marked = unreachable(isPurged, kept);
    marked.removeAll(needed);
    Tombstone tombstone = tombstones.markForImmediateDeletion(marked);
    raise(fence, tombstone);
    Set<String> unreachable = unreachable(isPurged, kept);
    List<String> names = tombstone.files().stream().filter(unreachable::contains).toList();
    files.delete(names);
    files.delete(movedAside());
    files.deleteAllWork();
    tombstones.end(tombstone);
    forgetTombstones();
    return names.size();
  }

  /** Raises the fence; if that fails, everything is left as it was. */
  private void raise(Fence fence, Tombstone tombstone) throws CommitConflictException {
    boolean isRaised = false;
    try {
      fence.raise();
      isRaised = true;
    } finally {
      if (!isRaised) {
        tombstones.end(tombstone);
      }
    }
  }

  private Set<String> unreachable(Predicate<Version> isPurged, Set<String> kept) {
    List<FileEntry> unreachable =
        Reachability.unreachable(
            files,
            files.all(),
            tombstones.all(),
            manifest -> files.version(manifest.name()).filter(isPurged).isPresent(),
            receipt -> kept.contains(receipt.name()));
    return unreachable.stream().map(FileEntry::name).collect(Collectors.toCollection(HashSet::new));
  }

  /** The files that repairs moved aside: nobody knows which task they belong to. */
  private List<String> movedAside() {
    return files.all().stream()
        .map(FileEntry::name)
        .filter(name -> StoredName.of(name) instanceof StoredName.Aside)
        .toList();
  }

  /** Forgets the marks that wait, and those that were left behind: they name deleted files. */
  private void forgetTombstones() {
    for (Tombstone tombstone : tombstones.all()) {
      if (!tombstone.isBegun()) {
        tombstones.forget(tombstone);
      } else if (tombstone.files().stream().noneMatch(files::contains)) {
        tombstones.end(tombstone);
      }
    }
    tombstones.forgetUnmarked();
  }
}
