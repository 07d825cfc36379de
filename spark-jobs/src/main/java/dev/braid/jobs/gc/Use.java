package dev.braid.jobs.gc;

import dev.braid.jobs.graph.Graph;
import dev.braid.jobs.graph.Naming;
import dev.braid.jobs.graph.Part;
import dev.braid.jobs.graph.PartKind;
import dev.braid.model.Digest;
import dev.braid.model.Receipt;
import dev.braid.store.StoreFiles;
import dev.braid.store.StoredName;
import dev.braid.store.file.FileEntry;
import dev.braid.store.object.CorruptObjectException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What of a store's files is of use. */
final class Use {
  private final StoreFiles files;
  private final Graph graph;
  private final Set<String> kept = new HashSet<>();

  /** Begins with what the store needs whatever was learned: its base. */
  Use(StoreFiles files) {
    this.files = files;
    this.graph = new Graph(new Naming(files.objects()));
    graph.add("store.json", Naming.of(files.info()));
  }

  /**
   * Keeps these manifests and what they rest on, but for those that somebody deletes meanwhile.
   *
   * @throws CorruptObjectException if something of it cannot be read: nobody could tell what else
   *     it rests on
   */
  void keepVersions(Collection<FileEntry> manifests) {
    for (FileEntry manifest : manifests) {
      files.version(manifest.name()).ifPresent(version -> keep(manifest, Naming.of(version)));
    }
    graph.parts().stream()
        .filter(part -> graph.unreadable().containsKey(part.file()) && isStillNamed(part))
        .map(part -> graph.unreadable().get(part.file()))
        .sorted()
        .findFirst()
        .ifPresent(
            why -> {
              throw new CorruptObjectException(
                  "Cannot tell what the store has no use for, nothing was changed: " + why);
            });
  }

  private boolean isStillNamed(Part part) {
    return graph.roots(part).stream().anyMatch(files::contains);
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
        .forEach(found -> keep(found.file(), Naming.of(found.receipt())));
    Set<Digest> made = used();
    receipts.stream()
        .filter(found -> madeThese(found.receipt(), made) || isOfUse.test(found.file()))
        .forEach(found -> keep(found.file(), Naming.of(found.receipt())));
  }

  /** Whether it made what is used; what it only tells beside, such as figures, is kept with it. */
  private static boolean madeThese(Receipt receipt, Set<Digest> used) {
    List<Part> made =
        Naming.of(receipt).stream().filter(part -> part.kind() != PartKind.FIGURES).toList();
    return !made.isEmpty() && made.stream().map(Part::digest).allMatch(used::contains);
  }

  private Set<Digest> used() {
    return graph.parts().stream().map(Part::digest).collect(Collectors.toSet());
  }

  private void keep(FileEntry file, Collection<Part> named) {
    kept.add(file.name());
    graph.add(file.name(), named);
  }

  /** The manifests, receipts and objects of these that are of no use. */
  List<FileEntry> useless(List<FileEntry> all) {
    Set<String> named = graph.parts().stream().map(Part::file).collect(Collectors.toSet());
    return all.stream().filter(file -> isUseless(file, named)).toList();
  }

  private boolean isUseless(FileEntry file, Set<String> named) {
    StoredName is = StoredName.of(file.name());
    if (is instanceof StoredName.Stored) {
      return !named.contains(file.name());
    }
    return (is instanceof StoredName.Manifest || is instanceof StoredName.Made)
        && !kept.contains(file.name());
  }
}
