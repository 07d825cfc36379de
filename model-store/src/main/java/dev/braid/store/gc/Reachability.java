package dev.braid.store.gc;

import dev.braid.model.Digest;
import dev.braid.model.record.Receipt;
import dev.braid.store.StoreFiles;
import dev.braid.store.StoredName;
import dev.braid.store.StoredName.Manifest;
import dev.braid.store.StoredName.ReceiptFile;
import dev.braid.store.file.FileEntry;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.object.Tombstones.Tombstone;
import dev.braid.store.references.ObjectKind;
import dev.braid.store.references.ObjectRef;
import dev.braid.store.references.ReferenceGraph;
import dev.braid.store.references.References;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which files of a store its base, kept versions and kept receipts need. */
final class Reachability {
  private final StoreFiles files;
  private final ReferenceGraph referenceGraph;
  private final Set<String> kept = new HashSet<>();

  /** Starts with what every store needs: its base. */
  private Reachability(StoreFiles files) {
    this.files = files;
    this.referenceGraph = new ReferenceGraph(new References(files.objects()));
    referenceGraph.add("store.json", References.of(files.info()));
  }

  /**
   * The manifests, receipts and objects that are not needed.
   *
   * @param all the files of the store
   * @param tombstones those that are begun take their manifests and receipts away
   * @param isDropped which manifests are not kept
   * @param isKept which receipts are kept even if no kept version needs them
   */
  static List<FileEntry> unreachable(
      StoreFiles files,
      List<FileEntry> all,
      List<Tombstone> tombstones,
      Predicate<FileEntry> isDropped,
      Predicate<FileEntry> isKept) {
    Set<String> deleted = Tombstone.files(tombstones.stream().filter(Tombstone::isBegun).toList());
    List<FileEntry> present = all.stream().filter(file -> !deleted.contains(file.name())).toList();
    Reachability reachability = new Reachability(files);
    reachability.keepVersions(
        present.stream()
            .filter(file -> StoredName.of(file.name()) instanceof Manifest)
            .filter(manifest -> !isDropped.test(manifest))
            .toList());
    reachability.keepReceipts(
        present.stream().filter(file -> StoredName.of(file.name()) instanceof ReceiptFile).toList(),
        isKept);
    return reachability.unreachable(all);
  }

  /**
   * Keeps these manifests and what they need, except those that another process deletes meanwhile.
   *
   * @throws CorruptObjectException if an object cannot be read: what else it names is then unknown
   */
  private void keepVersions(Collection<FileEntry> manifests) {
    for (FileEntry manifest : manifests) {
      files.version(manifest.name()).ifPresent(version -> keep(manifest, References.of(version)));
    }
    referenceGraph.parts().stream()
        .filter(
            objectRef ->
                referenceGraph.unreadable().containsKey(objectRef.file())
                    && isStillNamed(objectRef))
        .map(objectRef -> referenceGraph.unreadable().get(objectRef.file()))
        .sorted()
        .findFirst()
        .ifPresent(
            why -> {
              throw new CorruptObjectException(
                  "Cannot tell what the store has no use for, nothing was changed: " + why);
            });
  }

  private boolean isStillNamed(ObjectRef objectRef) {
    return referenceGraph.roots(objectRef).stream().anyMatch(files::contains);
  }

  /**
   * Keeps the receipts about something that is kept, then those that produced only that, then those
   * that are kept for themselves; and what they name.
   */
  private void keepReceipts(Collection<FileEntry> all, Predicate<FileEntry> isKept) {
    record Found(FileEntry file, Receipt receipt) {}
    List<Found> receipts = new ArrayList<>();
    for (FileEntry file : all) {
      files.receipt(file.name()).ifPresent(receipt -> receipts.add(new Found(file, receipt)));
    }
    Set<Digest> named = named();
    receipts.stream()
        .filter(found -> named.contains(found.receipt().inputs()))
        .forEach(found -> keep(found.file(), References.of(found.receipt())));
    Set<Digest> produced = named();
    receipts.stream()
        .filter(found -> producedOnly(found.receipt(), produced) || isKept.test(found.file()))
        .forEach(found -> keep(found.file(), References.of(found.receipt())));
  }

  /** Whether a receipt's outputs are all among these, apart from figures: they are kept with it. */
  private static boolean producedOnly(Receipt receipt, Set<Digest> objects) {
    List<ObjectRef> outputs =
        References.of(receipt).stream()
            .filter(objectRef -> objectRef.kind() != ObjectKind.FIGURES)
            .toList();
    return !outputs.isEmpty()
        && outputs.stream().map(ObjectRef::digest).allMatch(objects::contains);
  }

  private Set<Digest> named() {
    return referenceGraph.parts().stream().map(ObjectRef::digest).collect(Collectors.toSet());
  }

  private void keep(FileEntry file, Collection<ObjectRef> named) {
    kept.add(file.name());
    referenceGraph.add(file.name(), named);
  }

  private List<FileEntry> unreachable(List<FileEntry> all) {
    Set<String> named =
        referenceGraph.parts().stream().map(ObjectRef::file).collect(Collectors.toSet());
    return all.stream().filter(file -> isUnreachable(file, named)).toList();
  }

  private boolean isUnreachable(FileEntry file, Set<String> named) {
    StoredName is = StoredName.of(file.name());
    if (is instanceof StoredName.Stored) {
      return !named.contains(file.name());
    }
    return (is instanceof Manifest || is instanceof ReceiptFile) && !kept.contains(file.name());
  }
}
