package dev.braid.store.gc;

import dev.braid.store.file.FileEntry;
import dev.braid.store.object.Tombstones.Tombstone;
import java.util.List;

/**
 * What a collection does to the files of a store.
 *
 * @param mark of no use, and old enough
 * @param delete condemned for long enough, and of no use still
 * @param ripe the sentences that are carried out
 */
public record GcPlan(List<FileEntry> mark, List<FileEntry> delete, List<Tombstone> ripe) {
  public GcPlan {
    mark = List.copyOf(mark);
    delete = List.copyOf(delete);
    ripe = List.copyOf(ripe);
  }

  /** The sum of the files' lengths. */
  public static long bytes(List<FileEntry> files) {
    return files.stream().mapToLong(FileEntry::bytes).sum();
  }
}
