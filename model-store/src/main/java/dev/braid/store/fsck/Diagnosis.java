package dev.braid.store.fsck;

import dev.braid.store.StoreFiles;
import dev.braid.store.StoredName;
import dev.braid.store.StoredName.Manifest;
import dev.braid.store.StoredName.ReceiptFile;
import dev.braid.store.file.FileEntry;
import dev.braid.store.fsck.Finding.Remedy;
import dev.braid.store.json.NewerReleaseException;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.references.ObjectKind;
import dev.braid.store.references.ObjectRef;
import dev.braid.store.references.ReferenceGraph;
import dev.braid.store.references.References;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds what depends on broken and missing objects, and what can be done. */
final class Diagnosis {
  private static final String REPRODUCED =
      "put back a copy, or 'braid fsck --repair' moves it aside and a run on a new line creates it"
          + " again";

  private final StoreFiles files;
  private final SortedMap<String, String> broken;
  private final Set<String> listed;
  private final References references;
  private final ReferenceGraph referenceGraph;
  private final List<Finding> ofNewerRelease = new ArrayList<>();

  /**
   * Reads the references of everything in the store.
   *
   * @param broken the files that are broken, and why
   */
  Diagnosis(StoreFiles files, Collection<FileEntry> all, SortedMap<String, String> broken) {
    this.files = files;
    this.broken = broken;
    this.listed = all.stream().map(FileEntry::name).collect(Collectors.toSet());
    this.references = new References(files.objects());
    this.referenceGraph = new ReferenceGraph(references);
    listed.stream()
        .filter(file -> !broken.containsKey(file))
        .forEach(file -> referenceGraph.add(file, named(file)));
  }

  private List<ObjectRef> named(String file) {
    StoredName is = StoredName.of(file);
    if (is instanceof StoredName.Info) {
      return References.of(files.info());
    } else if (is instanceof Manifest) {
      return files.version(file).map(References::of).orElse(List.of());
    }
    return is instanceof ReceiptFile ? namedByReceipt(file) : List.of();
  }

  private List<ObjectRef> namedByReceipt(String file) {
    try {
      return files.receipt(file).map(References::of).orElse(List.of());
    } catch (NewerReleaseException e) {
      ofNewerRelease.add(
          Finding.fault(
              file,
              "it cannot be read (%s)".formatted(e.getMessage()),
              "'braid gc' and 'braid purge' refuse to delete anything while it is there",
              Remedy.NONE));
      return List.of();
    }
  }

  /** One finding for every intact receipt that only a newer release understands. */
  List<Finding> ofNewerRelease() {
    return Collections.unmodifiableList(ofNewerRelease);
  }

  /** One finding for every object that is named and is broken, missing or of another kind. */
  List<Finding> objects() {
    SortedMap<String, Set<ObjectRef>> wrong = new TreeMap<>();
    for (ObjectRef objectRef : referenceGraph.parts()) {
      boolean isWrong =
          referenceGraph.unreadable().containsKey(objectRef.file()) || isAbsent(objectRef);
      if (isWrong || broken.containsKey(objectRef.file())) {
        wrong.computeIfAbsent(objectRef.file(), file -> new HashSet<>()).add(objectRef);
      }
    }
    List<Finding> findings = new ArrayList<>();
    wrong.forEach((file, objectRefs) -> findings.add(finding(file, objectRefs)));
    return findings;
  }

  private boolean isAbsent(ObjectRef objectRef) {
    return !listed.contains(objectRef.file()) && !files.contains(objectRef.file());
  }

  private Finding finding(String file, Set<ObjectRef> objectRefs) {
    Impact impact = impact(objectRefs);
    String kind = objectRefs.iterator().next().kind().words();
    String fault = broken.get(file);
    if (fault != null) {
      Remedy remedy = impact.isReproducible() ? Remedy.MOVE_ASIDE : Remedy.NONE;
      return Finding.fault(file, "%s: %s".formatted(kind, fault), brokenImpact(impact), remedy);
    } else if (!files.contains(file)) {
      return missing(file, "%s is missing".formatted(kind), impact);
    }
    return Finding.fault(
        file,
        "it is not %s (%s)".formatted(kind, referenceGraph.unreadable().get(file)),
        impact.words() + ", use the release that wrote it",
        Remedy.NONE);
  }

  private static String brokenImpact(Impact impact) {
    if (impact.all()) {
      return impact.words()
          + ", put back a copy, or create a store of the same base elsewhere and copy the file from"
          + " there";
    } else if (!impact.isReproducible()) {
      return impact.words() + ", put back a copy";
    }
    return impact.isServed()
        ? impact.words() + ", " + REPRODUCED
        : "no version depends on it, 'braid fsck --repair' moves it aside and a run that needs it"
            + " creates it again";
  }

  private static Finding missing(String file, String what, Impact impact) {
    if (impact.isServed()) {
      String how = impact.isReproducible() ? ", or a run on a new line creates it again" : "";
      return Finding.fault(file, what, impact.words() + ", put back a copy" + how, Remedy.NONE);
    }
    return Finding.note(
        file, what, "no version depends on it, a run that needs it creates it again", Remedy.NONE);
  }

  private Impact impact(Set<ObjectRef> objectRefs) {
    SortedSet<String> roots = new TreeSet<>();
    SortedSet<String> tasks = new TreeSet<>();
    for (ObjectRef objectRef : objectRefs) {
      roots.addAll(referenceGraph.roots(objectRef));
      referenceGraph.upward(objectRef).stream()
          .filter(above -> above.kind() == ObjectKind.TASK)
          .forEach(task -> addName(task, tasks));
    }
    return Impact.of(roots, tasks);
  }

  private void addName(ObjectRef task, SortedSet<String> names) {
    try {
      names.add(references.task(task).task().name());
    } catch (CorruptObjectException | StoreFormatException nameless) { // which is a finding itself
      names.add("a task whose record is lost");
    }
  }

  /** The files of all objects that are named by something that can be read. */
  Set<String> named() {
    return referenceGraph.parts().stream().map(ObjectRef::file).collect(Collectors.toSet());
  }
}
