package dev.braid.store;

import static java.util.stream.Collectors.toList;

import dev.braid.model.Digest;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.StoreInfo;
import dev.braid.model.record.Version;
import dev.braid.store.commit.CommitLogs;
import dev.braid.store.file.FileEntry;
import dev.braid.store.file.Folder;
import dev.braid.store.json.ReceiptParser;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.json.StoreInfoParser;
import dev.braid.store.json.VersionParser;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.object.ObjectStore;
import dev.braid.store.object.Tombstones;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of a store, for checks, repairs and deletions, even if it cannot be opened. */
public final class StoreFiles {
  private final Folder folder;

  private StoreFiles(Folder folder) {
    this.folder = folder;
  }

  /** The files under the root of this store, if it is one. */
  public static StoreFiles at(StoreLocation location) {
    CommitLogs.checkSupported(location.root());
    return new StoreFiles(Folder.of(location.root(), location.options()));
  }

  /**
   * All files that are Braid's.
   *
   * <p>A file that names others is listed before them, so every file that a listed one names is in
   * the list too, even while other processes write.
   */
  public List<FileEntry> all() {
    List<FileEntry> found = new ArrayList<>();
    folder.entry(ModelStore.INFO).ifPresent(found::add);
    Stream.of(
            "condemned",
            "versions",
            "receipts",
            "inbox",
            Runs.FOLDER,
            Leases.FOLDER,
            "objects",
            "staging")
        .map(folder::walk)
        .forEach(found::addAll);
    found.removeIf(file -> StoredName.of(file.name()) instanceof StoredName.Foreign);
    return found;
  }

  /** True if the file exists. */
  public boolean contains(String name) {
    return folder.contains(name);
  }

  /** The objects, each verified when it is opened. */
  public ObjectStore objects() {
    return new HadoopObjects(folder);
  }

  /** The requests of the inbox. */
  public RequestFiles requests() {
    return new RequestFiles(this, folder);
  }

  /** The content of {@code store.json}, which must be intact. */
  public StoreInfo info() {
    return StoreInfoParser.fromJson(read(ModelStore.INFO), ModelStore.INFO);
  }

  /** The version of a manifest, which must be intact; nothing if it has been deleted. */
  public Optional<Version> version(String name) {
    return folder.read(name).map(json -> VersionParser.fromJson(json, name));
  }

  /** A receipt, which must be intact; nothing if it has been deleted. */
  public Optional<Receipt> receipt(String name) {
    return folder.read(name).map(json -> ReceiptParser.fromJson(json, name));
  }

  /** The SHA-256 of a file's bytes. */
  public Digest digest(String name) {
    return folder.digest(name);
  }

  /** The content of a small file, which must exist. */
  public byte[] read(String name) {
    return folder
        .read(name)
        .orElseThrow(() -> new StoreFormatException("Cannot read %s: it is gone".formatted(name)));
  }

  /** The files that are marked for deletion. */
  public Tombstones tombstones() {
    return new Tombstones(folder);
  }

  /** The time of the clock that dates the files, read from a small file that is then deleted. */
  public Instant now() {
    return folder.now("staging/objects/" + UUID.randomUUID());
  }

  /** Whether the file exists and has not been written since it was listed. */
  public boolean isStill(FileEntry listed) {
    return folder
        .entry(listed.name())
        .filter(now -> now.modified().equals(listed.modified()))
        .isPresent();
  }

  /**
   * Deletes files: manifests first, then receipts, then the rest, each step forced to the disk
   * before the next, so that no remaining file names a deleted one.
   */
  public void delete(Collection<String> names) {
    SortedMap<Integer, List<String>> steps =
        names.stream().collect(Collectors.groupingBy(StoreFiles::step, TreeMap::new, toList()));
    for (List<String> step : steps.values()) {
      step.forEach(folder::delete);
      Map<String, String> oneOfEachFolder =
          step.stream().collect(Collectors.toMap(StoreFiles::parent, name -> name, (a, b) -> a));
      oneOfEachFolder.values().forEach(folder::forceEntry);
    }
  }

  private static int step(String name) {
    StoredName is = StoredName.of(name);
    if (is instanceof StoredName.Manifest) {
      return 0;
    }
    return is instanceof StoredName.ReceiptFile ? 1 : 2;
  }

  private static String parent(String name) {
    return name.substring(0, name.lastIndexOf('/'));
  }

  /** Deletes everything under {@code staging}: all work in progress. */
  public void deleteAllWork() {
    folder.delete("staging");
    folder.forceEntry("staging");
  }

  /** Renames a file, in its folder, to a name that nothing refers to. */
  public void moveAside(String name) {
    folder.move(name, name + StoredName.ASIDE);
  }

  /** Deletes a temporary file, or a staging area and those whose names continue it with "-". */
  public void deleteWork(String name) {
    folder.delete(name); // a training's list of rounds, before the vectors that it names
    folder.names(Staging.AREAS).stream()
        .map(area -> Staging.AREAS + "/" + area)
        .filter(area -> area.startsWith(name + "-"))
        .forEach(folder::delete);
  }
}
