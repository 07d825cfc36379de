package dev.braid.store.gc;

import dev.braid.model.LineId;
import dev.braid.store.StoreFiles;
import dev.braid.store.StoreLocation;
import dev.braid.store.StoredName;
import dev.braid.store.StoredName.Manifest;
import dev.braid.store.StoredName.RunFile;
import dev.braid.store.file.FileEntry;
import dev.braid.store.object.Tombstones;
import dev.braid.store.object.Tombstones.Tombstone;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Deletes a store's unreachable files in two steps with a long wait between them: mark, then
 * delete.
 */
public final class GarbageCollector {
  /*
   * A run may at any moment begin to use a file that no version names yet, or no longer names: a
   * trained delta, a data set, an old model. So no file is deleted when it is first found
   * unreachable. It is marked if it is older than min-age, and deleted if min-age later it is still
   * unreachable and marked. A writer of a marked object lifts the mark, and a commit looks for
   * marks last (CommitCheck). A version that is committed between that check and the marking is
   * seen by the collection that would delete, min-age later.
   *
   * All ages come from the clock that dates the files, even if it is wrong; the local clock is not
   * used. Manifests and receipts are deleted like objects, before the objects that they name. An
   * interrupted deletion is completed when it is as old as min-age: until then its process may
   * still be running.
   */
  private final StoreFiles files;
  private final Tombstones tombstones;

  public GarbageCollector(StoreLocation location) {
    this.files = StoreFiles.at(location);
    this.tombstones = files.tombstones();
  }

  /**
   * What a collection would do now.
   *
   * @throws dev.braid.store.object.CorruptObjectException if something that is kept cannot be read
   * @throws dev.braid.store.json.NewerReleaseException if only a newer release knows what a receipt
   *     names
   */
  public PlannedDeletions plan(Retention retention) {
    Instant now = files.now();
    Instant old = now.minus(retention.minAge());
    Instant stale = now.minus(retention.cacheAge());
    List<Tombstone> marks = tombstones.all();
    List<FileEntry> all = files.all();
    Set<FileEntry> surplus = surplus(all, retention.versions(), old);
    List<FileEntry> unreachable =
        Reachability.unreachable(
            files, all, marks, surplus::contains, receipt -> receipt.modified().isAfter(stale));
    List<Tombstone> ripe =
        marks.stream().filter(tombstone -> !tombstone.created().isAfter(old)).toList();
    Set<String> marked = Tombstone.files(marks);
    Set<String> expired = Tombstone.files(ripe);
    expired.removeAll(tombstones.unmarked());
    return new PlannedDeletions(
        unreachable.stream()
            .filter(file -> !file.modified().isAfter(old) && !marked.contains(file.name()))
            .toList(),
        unreachable.stream().filter(file -> expired.contains(file.name())).toList(),
        ripe,
        oldRuns(all, retention.runs()));
  }

  /** The records of runs beyond the number to keep of each line. */
  private static List<FileEntry> oldRuns(List<FileEntry> all, int keep) {
    if (keep == 0) {
      return List.of();
    }
    return all.stream()
        .filter(file -> StoredName.of(file.name()) instanceof RunFile)
        .sorted(Comparator.comparing(FileEntry::name).reversed())
        .collect(
            Collectors.groupingBy(GarbageCollector::lineOfRun, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .flatMap(newestFirst -> newestFirst.stream().skip(keep))
        .toList();
  }

  private static LineId lineOfRun(FileEntry run) {
    return ((RunFile) StoredName.of(run.name())).line();
  }

  /** The manifests of old versions beyond the number to keep of each line. */
  private static Set<FileEntry> surplus(List<FileEntry> all, int keep, Instant old) {
    if (keep == 0) {
      return Set.of();
    }
    Map<LineId, List<FileEntry>> lines =
        all.stream()
            .filter(file -> StoredName.of(file.name()) instanceof Manifest)
            .sorted(Comparator.comparing(FileEntry::name).reversed())
            .collect(
                Collectors.groupingBy(GarbageCollector::line, TreeMap::new, Collectors.toList()));
    return lines.values().stream()
        .flatMap(newestFirst -> newestFirst.stream().skip(keep))
        .filter(manifest -> !manifest.modified().isAfter(old))
        .collect(Collectors.toSet());
  }

  private static LineId line(FileEntry manifest) {
    return ((Manifest) StoredName.of(manifest.name())).line();
  }

  /**
   * Carries out a plan: deletes first, then marks.
   *
   * @return the number of deleted files
   */
  public int run(PlannedDeletions plan) {
    int deleted = 0;
    for (Tombstone tombstone : plan.ripe()) {
      if (tombstone.isBegun() || tombstones.begin(tombstone)) {
        deleted += delete(tombstone, plan.delete());
        tombstones.end(tombstone);
      }
    }
    tombstones.forgetUnmarked();
    if (!plan.mark().isEmpty()) {
      tombstones.mark(plan.mark().stream().map(FileEntry::name).toList());
    }
    files.delete(plan.runs().stream().map(FileEntry::name).toList());
    return deleted + plan.runs().size();
  }

  private int delete(Tombstone tombstone, List<FileEntry> planned) {
    Set<String> lifted = tombstones.unmarked(); // after the step that begins: see Tombstones
    List<String> names =
        planned.stream()
            .filter(file -> tombstone.files().contains(file.name()))
            .filter(file -> !lifted.contains(file.name()))
            .filter(files::isStill) // not rewritten since
            .map(FileEntry::name)
            .toList();
    files.delete(names);
    return names.size();
  }
}
