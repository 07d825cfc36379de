package dev.braid.store.gc;

import dev.braid.model.LineId;
import dev.braid.model.record.Version;
import dev.braid.store.StoreFiles;
import dev.braid.store.StoreLocation;
import dev.braid.store.StoredName;
import dev.braid.store.StoredName.Manifest;
import dev.braid.store.StoredName.ReceiptFile;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.file.FileEntry;
import dev.braid.store.object.Tombstones;
import dev.braid.store.object.Tombstones.Tombstone;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Deletes what a store has no more use for, in two steps that lie far apart: condemn, then delete.
 */
public final class Collector {
  /*
   * A run may at any moment begin to use what no version names yet, or not any more: a trained
   * delta, a data set, an old model. So nothing goes the moment it is found useless. It is
   * condemned if it is older than min-age, and deleted if min-age later it is still useless and
   * condemned. Who writes a condemned object lifts its sentence, and who publishes looks for
   * sentences last (CommitCheck). A version that slips in between a check and a sentence is seen
   * by the collection that would delete, min-age later.
   *
   * Ages are told by the clock alone that dates the files, be it wrong: the local one is not asked.
   * Manifests and receipts go like objects, before the objects that they name. A deletion that was
   * interrupted is ended when it is as old as min-age: until then somebody may be at it.
   */
  private final StoreFiles files;
  private final Tombstones tombstones;

  public Collector(StoreLocation location) {
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
  public GcPlan plan(Retention retention) {
    Instant now = files.now();
    Instant old = now.minus(retention.minAge());
    Instant stale = now.minus(retention.cacheAge());
    List<Tombstone> marked = tombstones.all();
    List<FileEntry> all = files.all();
    Set<FileEntry> surplus = surplus(all, retention.versions(), old);
    List<FileEntry> useless =
        useless(all, marked, surplus::contains, receipt -> receipt.modified().isAfter(stale));
    List<Tombstone> ripe =
        marked.stream().filter(tombstone -> !tombstone.passed().isAfter(old)).toList();
    Set<String> waiting = names(marked);
    Set<String> going = names(ripe);
    going.removeAll(tombstones.unmarked());
    return new GcPlan(
        useless.stream()
            .filter(file -> !file.modified().isAfter(old) && !waiting.contains(file.name()))
            .toList(),
        useless.stream().filter(file -> going.contains(file.name())).toList(),
        ripe);
  }

  private List<FileEntry> useless(
      List<FileEntry> all,
      List<Tombstone> tombstones,
      Predicate<FileEntry> isSurplus,
      Predicate<FileEntry> isYoung) {
    Set<String> going = names(tombstones.stream().filter(Tombstone::isBegun).toList());
    Reachability reachability = new Reachability(files);
    reachability.keepVersions(
        manifests(all)
            .filter(manifest -> !going.contains(manifest.name()) && !isSurplus.test(manifest))
            .toList());
    reachability.keepReceipts(
        all.stream()
            .filter(file -> StoredName.of(file.name()) instanceof ReceiptFile)
            .filter(receipt -> !going.contains(receipt.name()))
            .toList(),
        isYoung);
    return reachability.useless(all);
  }

  private static Stream<FileEntry> manifests(List<FileEntry> all) {
    return all.stream().filter(file -> StoredName.of(file.name()) instanceof Manifest);
  }

  private static Set<String> names(Collection<Tombstone> tombstones) {
    return tombstones.stream()
        .flatMap(tombstone -> tombstone.files().stream())
        .collect(Collectors.toSet());
  }

  /** The manifests of old versions behind the newest of their line. */
  private static Set<FileEntry> surplus(List<FileEntry> all, int keep, Instant old) {
    if (keep == 0) {
      return Set.of();
    }
    Map<LineId, List<FileEntry>> lines =
        manifests(all)
            .sorted(Comparator.comparing(FileEntry::name).reversed())
            .collect(Collectors.groupingBy(Collector::line, TreeMap::new, Collectors.toList()));
    return lines.values().stream()
        .flatMap(newestFirst -> newestFirst.stream().skip(keep))
        .filter(manifest -> !manifest.modified().isAfter(old))
        .collect(Collectors.toSet());
  }

  private static LineId line(FileEntry manifest) {
    return ((Manifest) StoredName.of(manifest.name())).line();
  }

  /**
   * Does what was planned: deletes first.
   *
   * @return the number of files that were deleted
   */
  public int run(GcPlan gcPlan) {
    int deleted = 0;
    for (Tombstone tombstone : gcPlan.ripe()) {
      if (tombstone.isBegun() || tombstones.begin(tombstone)) {
        Set<String> lifted = tombstones.unmarked(); // behind the step that begins: see Condemned
        List<String> going =
            gcPlan.delete().stream()
                .filter(file -> tombstone.files().contains(file.name()))
                .filter(file -> !lifted.contains(file.name()))
                .filter(files::isStill) // not written again since
                .map(FileEntry::name)
                .toList();
        files.delete(going);
        tombstones.end(tombstone);
        deleted += going.size();
      }
    }
    tombstones.forgetUnmarked();
    if (!gcPlan.mark().isEmpty()) {
      tombstones.mark(gcPlan.mark().stream().map(FileEntry::name).toList());
    }
    return deleted;
  }

  /** Makes it impossible to publish what was checked before. */
  @FunctionalInterface
  public interface Fence {
    /** Gives every line another head. */
    void raise() throws CommitConflictException;
  }

  /**
   * Deletes versions, and at once all that nothing else rests on: every receipt and object, however
   * young, what repairs moved aside, and all work in progress.
   *
   * @param doomed no head of a line
   * @param kept names of receipts that stay with all that they name
   * @param fence raised when all is condemned; what is published until then may save something
   * @return the number of files that were deleted
   */
  public int purge(Predicate<Version> doomed, Set<String> kept, Fence fence)
      throws CommitConflictException {
    Tombstone tombstone = tombstones.markForImmediateDeletion(useless(doomed, kept));
    raise(fence, tombstone);
    Set<String> useless = useless(doomed, kept);
    List<String> going = tombstone.files().stream().filter(useless::contains).toList();
    files.delete(going);
    files.delete(aside());
    files.deleteAllWork();
    tombstones.end(tombstone);
    forgetTombstones();
    return going.size();
  }

  /** A fence that cannot be raised leaves everything as it was. */
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

  private Set<String> useless(Predicate<Version> doomed, Set<String> kept) {
    List<FileEntry> useless =
        useless(
            files.all(),
            tombstones.all(),
            manifest -> files.version(manifest.name()).filter(doomed).isPresent(),
            receipt -> kept.contains(receipt.name()));
    return useless.stream().map(FileEntry::name).collect(Collectors.toSet());
  }

  /** What repairs moved aside: nobody can tell whose it was. */
  private List<String> aside() {
    return files.all().stream()
        .map(FileEntry::name)
        .filter(name -> StoredName.of(name) instanceof StoredName.Aside)
        .toList();
  }

  /** Forgets the sentences that wait, and those that were left behind: they name what is gone. */
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
