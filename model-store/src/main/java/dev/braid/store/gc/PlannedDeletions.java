package dev.braid.store.gc;

import dev.braid.store.file.FileEntry;
import dev.braid.store.object.Tombstones.Tombstone;
import java.util.List;

/**
 * What a collection does to the files of a store.
 *
 * @param mark unreachable files that are old enough
 * @param delete files that have been marked for long enough and are still unreachable
 * @param ripe the tombstones by which files are deleted
 * @param runs records of old runs, which are deleted at once: nothing refers to them
 */
public record PlannedDeletions(
    List<FileEntry> mark, List<FileEntry> delete, List<Tombstone> ripe, List<FileEntry> runs) {
  /** A plan that keeps the records of all runs. */
  public PlannedDeletions(List<FileEntry> mark, List<FileEntry> delete, List<Tombstone> ripe) {
    this(mark, delete, ripe, List.of());
  }

  public PlannedDeletions {
    runs = List.copyOf(runs);
    mark = List.copyOf(mark);
    delete = List.copyOf(delete);
    ripe = List.copyOf(ripe);
  }

  /** The sum of the files' lengths. */
  public static long bytes(List<FileEntry> files) {
    return files.stream().mapToLong(FileEntry::bytes).sum();
  }
}
