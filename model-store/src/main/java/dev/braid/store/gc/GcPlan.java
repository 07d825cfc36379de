package dev.braid.store.gc;

import dev.braid.store.file.FileEntry;
import dev.braid.store.object.Condemned.Sentence;
import java.util.List;

/**
 * What a collection does to the files of a store.
 *
 * @param condemn of no use, and old enough
 * @param delete condemned for long enough, and of no use still
 * @param ripe the sentences that are carried out
 */
public record GcPlan(List<FileEntry> condemn, List<FileEntry> delete, List<Sentence> ripe) {
  public GcPlan {
    condemn = List.copyOf(condemn);
    delete = List.copyOf(delete);
    ripe = List.copyOf(ripe);
  }

  /** The sum of the files' lengths. */
  public static long bytes(List<FileEntry> files) {
    return files.stream().mapToLong(FileEntry::bytes).sum();
  }
}
