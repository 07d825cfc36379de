package dev.braid.store;

import static java.util.stream.Collectors.toList;

import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.StoreInfo;
import dev.braid.model.record.Version;
import dev.braid.store.commit.CommitLogs;
import dev.braid.store.file.FileEntry;
import dev.braid.store.file.Folder;
import dev.braid.store.file.NewFile;
import dev.braid.store.json.InboxParser;
import dev.braid.store.json.NewerReleaseException;
import dev.braid.store.json.ReceiptParser;
import dev.braid.store.json.Seal;
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

/**
 * A store's files as they lie there, whatever they hold: for checks and repairs, of stores too that
 * cannot be opened.
 */
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
   * <p>What names others is listed before what is named: so whatever is named by what is in the
   * list is in it too, though others write meanwhile.
   */
  public List<FileEntry> all() {
    List<FileEntry> found = new ArrayList<>();
    folder.entry(ModelStore.INFO).ifPresent(found::add);
    Stream.of("condemned", "versions", "receipts", "inbox", "objects", "staging")
        .map(folder::walk)
        .forEach(found::addAll);
    found.removeIf(file -> StoredName.of(file.name()) instanceof StoredName.Foreign);
    return found;
  }

  /** True if the file is there. */
  public boolean contains(String name) {
    return folder.contains(name);
  }

  /** The objects, each compared with its name when it is opened. */
  public ObjectStore objects() {
    return new HadoopObjects(folder);
  }

  /** What {@code store.json} says; it must be sound. */
  public StoreInfo info() {
    return StoreInfoParser.fromJson(read(ModelStore.INFO), ModelStore.INFO);
  }

  /** The version of a manifest, which must be sound; nothing if it is gone by now. */
  public Optional<Version> version(String name) {
    return folder.read(name).map(json -> VersionParser.fromJson(json, name));
  }

  /** A receipt, which must be sound; nothing if it is gone by now. */
  public Optional<Receipt> receipt(String name) {
    return folder.read(name).map(json -> ReceiptParser.fromJson(json, name));
  }

  /**
   * What is wrong with a file by itself: its bytes are not those of its name or its seal, or it is
   * not what its name says. A file that is gone by now has no fault.
   */
  public Optional<String> fault(String name) {
    StoredName is = StoredName.of(name);
    StoredName inside = is instanceof StoredName.InArea area ? area.inside() : is;
    if (!folder.contains(name)) {
      return Optional.empty();
    }
    if (inside instanceof StoredName.Stored object) {
      return digestFault(name, object.digest());
    } else if (inside instanceof StoredName.TombstoneFile tombstoneFile) {
      return digestFault(name, tombstoneFile.id());
    }
    return isSealed(inside) ? sealFault(name, inside) : Optional.empty();
  }

  private Optional<String> digestFault(String name, Digest expected) {
    Digest found = folder.digest(name);
    return Optional.of("its bytes have the digest " + found.abbreviated())
        .filter(wrong -> !found.equals(expected));
  }

  private static boolean isSealed(StoredName is) {
    return !(is instanceof StoredName.Temporary
        || is instanceof StoredName.Aside
        || is instanceof StoredName.Foreign);
  }

  private Optional<String> sealFault(String name, StoredName is) {
    byte[] json = read(name);
    if (Seal.isBroken(json)) {
      return Optional.of("it does not end with the SHA-256 of what it says");
    }
    try {
      return Optional.of("it is another file's content").filter(other -> !says(json, name, is));
    } catch (NewerReleaseException intact) {
      return Optional.empty();
    } catch (StoreFormatException e) {
      return Optional.of("it is no such file (%s)".formatted(e.getMessage()));
    }
  }

  /** Whether the content is that of the name. */
  private static boolean says(byte[] json, String name, StoredName is) {
    if (is instanceof StoredName.Manifest manifest) {
      Version version = VersionParser.fromJson(json, name);
      return version.line().equals(manifest.line()) && version.number() == manifest.number();
    } else if (is instanceof StoredName.ReceiptFile receiptFile) {
      Receipt receipt = ReceiptParser.fromJson(json, name);
      return receipt.stage().equals(receiptFile.stage())
          && receipt.inputs().equals(receiptFile.inputs());
    } else if (is instanceof StoredName.Requested request) {
      return InboxParser.fromJson(json, name).number() == request.number();
    } else if (is instanceof StoredName.Info) {
      StoreInfoParser.fromJson(json, name);
    } else {
      Seal.open(json, name); // rounds are understood by who trains
    }
    return true;
  }

  private byte[] read(String name) {
    return folder
        .read(name)
        .orElseThrow(() -> new StoreFormatException("Cannot read %s: it is gone".formatted(name)));
  }

  /** What is condemned. */
  public Tombstones tombstones() {
    return new Tombstones(folder);
  }

  /** What time it is by the clock that dates the files; a small file is made for it, and goes. */
  public Instant now() {
    return folder.now("staging/objects/" + UUID.randomUUID());
  }

  /**
   * Deletes files: manifests first, then receipts, then the rest, each step forced to the disk
   * before the next, so that no file is left that names one that is gone.
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

  /** Whether the file is there and has not been written since it was listed. */
  public boolean isStill(FileEntry listed) {
    return folder
        .entry(listed.name())
        .filter(now -> now.modified().equals(listed.modified()))
        .isPresent();
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

  /** Whether there ever was a request for the task, be it purged. */
  public boolean wasRequested(TaskId task) {
    return requests(task).findAny().isPresent();
  }

  /** Purges all requests for the task: their numbers and the task's name stay. */
  public void purgeRequests(TaskId task) {
    requests(task).toList().forEach(this::purge);
  }

  private Stream<String> requests(TaskId task) {
    return folder.walk("inbox").stream()
        .map(FileEntry::name)
        .filter(name -> StoredName.of(name) instanceof StoredName.Requested)
        .filter(name -> InboxParser.fromJson(read(name), name).task().equals(task));
  }

  private void purge(String name) {
    InboxFile request = InboxParser.fromJson(read(name), name);
    byte[] json = InboxParser.toJson(request.number(), request.task(), InboxFile.PURGED);
    String staged = "staging/commits/" + UUID.randomUUID();
    try (NewFile file = folder.create(staged)) {
      file.write(json, 0, json.length);
    }
    folder.move(staged, name);
  }

  /** Deletes everything under {@code staging}: all work in progress. */
  public void deleteAllWork() {
    folder.delete("staging");
    folder.forceEntry("staging");
  }

  /** Gives a file a name under which nobody looks for it, in the same folder. */
  public void moveAside(String name) {
    folder.move(name, name + StoredName.ASIDE);
  }

  /** Deletes a temporary file, or the staging areas whose names are this or go on with "-". */
  public void deleteWork(String name) {
    folder.delete(name); // of a training the list of rounds, before the vectors that it names
    folder.names(Staging.AREAS).stream()
        .map(area -> Staging.AREAS + "/" + area)
        .filter(area -> area.startsWith(name + "-"))
        .forEach(folder::delete);
  }
}
