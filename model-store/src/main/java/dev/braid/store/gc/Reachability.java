package dev.braid.store.gc;

import dev.braid.model.Digest;
import dev.braid.model.record.Receipt;
import dev.braid.store.StoreFiles;
import dev.braid.store.StoredName;
import dev.braid.store.file.FileEntry;
import dev.braid.store.object.CorruptObjectException;
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

/** What of a store's files is of use. */
final class Reachability {
  private final StoreFiles files;
  private final ReferenceGraph referenceGraph;
  private final Set<String> kept = new HashSet<>();

  /** Begins with what the store needs whatever was learned: its base. */
  Reachability(StoreFiles files) {
    this.files = files;
    this.referenceGraph = new ReferenceGraph(new References(files.objects()));
    referenceGraph.add("store.json", References.of(files.info()));
  }

  /**
   * Keeps these manifests and what they rest on, but for those that somebody deletes meanwhile.
   *
   * @throws CorruptObjectException if something of it cannot be read: nobody could tell what else
   *     it rests on
   */
  void keepVersions(Collection<FileEntry> manifests) {
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
   * Keeps the receipts that tell something of what is kept, then those that made just that, then
   * those that are of use by themselves; and what they name.
   */
  void keepReceipts(Collection<FileEntry> all, Predicate<FileEntry> isOfUse) {
    record Found(FileEntry file, Receipt receipt) {}
    List<Found> receipts = new ArrayList<>();
    for (FileEntry file : all) {
      files.receipt(file.name()).ifPresent(receipt -> receipts.add(new Found(file, receipt)));
    }
    Set<Digest> used = used();
    receipts.stream()
        .filter(found -> used.contains(found.receipt().inputs()))
        .forEach(found -> keep(found.file(), References.of(found.receipt())));
    Set<Digest> made = used();
    receipts.stream()
        .filter(found -> createdThese(found.receipt(), made) || isOfUse.test(found.file()))
        .forEach(found -> keep(found.file(), References.of(found.receipt())));
  }

  /** Whether it made what is used; what it only tells beside, such as figures, is kept with it. */
  private static boolean createdThese(Receipt receipt, Set<Digest> used) {
    List<ObjectRef> made =
        References.of(receipt).stream()
            .filter(objectRef -> objectRef.kind() != ObjectKind.FIGURES)
            .toList();
    return !made.isEmpty() && made.stream().map(ObjectRef::digest).allMatch(used::contains);
  }

  private Set<Digest> used() {
    return referenceGraph.parts().stream().map(ObjectRef::digest).collect(Collectors.toSet());
  }

  private void keep(FileEntry file, Collection<ObjectRef> named) {
    kept.add(file.name());
    referenceGraph.add(file.name(), named);
  }

  /** The manifests, receipts and objects of these that are of no use. */
  List<FileEntry> useless(List<FileEntry> all) {
    Set<String> named =
        referenceGraph.parts().stream().map(ObjectRef::file).collect(Collectors.toSet());
    return all.stream().filter(file -> isUseless(file, named)).toList();
  }

  private boolean isUseless(FileEntry file, Set<String> named) {
    StoredName is = StoredName.of(file.name());
    if (is instanceof StoredName.Stored) {
      return !named.contains(file.name());
    }
    return (is instanceof StoredName.Manifest || is instanceof StoredName.ReceiptFile)
        && !kept.contains(file.name());
  }
}
