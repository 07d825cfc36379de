package dev.braid.jobs.fsck;

import dev.braid.jobs.fsck.Finding.Remedy;
import dev.braid.jobs.graph.Graph;
import dev.braid.jobs.graph.Naming;
import dev.braid.jobs.graph.Part;
import dev.braid.jobs.graph.PartKind;
import dev.braid.store.StoreFiles;
import dev.braid.store.StoredName;
import dev.braid.store.StoredName.Made;
import dev.braid.store.StoredName.Manifest;
import dev.braid.store.file.FileEntry;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.object.CorruptObjectException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says of broken and missing files what rests on them, and what can be done. */
final class Diagnosis {
  private static final String REMADE =
      "put back a copy, or 'braid fsck --repair' moves it aside and a run on a new line makes it again";

  private final StoreFiles files;
  private final SortedMap<String, String> broken;
  private final Set<String> listed;
  private final Naming naming;
  private final Graph graph;

  /**
   * Reads what everything in the store rests on.
   *
   * @param broken the files that are wrong by themselves, and why
   */
  Diagnosis(StoreFiles files, Collection<FileEntry> all, SortedMap<String, String> broken) {
    this.files = files;
    this.broken = broken;
    this.listed = all.stream().map(FileEntry::name).collect(Collectors.toSet());
    this.naming = new Naming(files.objects());
    this.graph = new Graph(naming);
    listed.stream()
        .filter(file -> !broken.containsKey(file))
        .forEach(file -> graph.add(file, named(file)));
  }

  private List<Part> named(String file) {
    StoredName is = StoredName.of(file);
    if (is instanceof StoredName.Info) {
      return Naming.of(files.info());
    } else if (is instanceof Manifest) {
      return files.version(file).map(Naming::of).orElse(List.of());
    }
    return is instanceof Made ? files.receipt(file).map(Naming::of).orElse(List.of()) : List.of();
  }

  /** One finding for every object that is named, and broken, missing or another thing. */
  List<Finding> objects() {
    SortedMap<String, Set<Part>> wrong = new TreeMap<>();
    for (Part part : graph.parts()) {
      boolean isWrong = graph.unreadable().containsKey(part.file()) || isAbsent(part);
      if (isWrong || broken.containsKey(part.file())) {
        wrong.computeIfAbsent(part.file(), file -> new HashSet<>()).add(part);
      }
    }
    List<Finding> findings = new ArrayList<>();
    wrong.forEach((file, parts) -> findings.add(finding(file, parts)));
    return findings;
  }

  private boolean isAbsent(Part part) {
    return !listed.contains(part.file()) && !files.contains(part.file());
  }

  private Finding finding(String file, Set<Part> parts) {
    Harm harm = harm(parts);
    String kind = parts.iterator().next().kind().words();
    String fault = broken.get(file);
    if (fault != null) {
      Remedy remedy = harm.isRemade() ? Remedy.MOVE_ASIDE : Remedy.NONE;
      return Finding.fault(file, "%s: %s".formatted(kind, fault), brokenHarm(harm), remedy);
    } else if (!files.contains(file)) {
      return missing(file, "%s is missing".formatted(kind), harm);
    }
    return Finding.fault(
        file,
        "it is not %s (%s)".formatted(kind, graph.unreadable().get(file)),
        harm.words() + ", use the release that wrote it",
        Remedy.NONE);
  }

  private static String brokenHarm(Harm harm) {
    if (harm.all()) {
      return harm.words()
          + ", put back a copy, or make a store of the same base elsewhere and take the file from there";
    } else if (!harm.isRemade()) {
      return harm.words() + ", put back a copy";
    }
    return harm.isServed()
        ? harm.words() + ", " + REMADE
        : "no version rests on it, 'braid fsck --repair' moves it aside and who needs it makes it again";
  }

  private static Finding missing(String file, String what, Harm harm) {
    if (harm.isServed()) {
      String how = harm.isRemade() ? ", or a run on a new line makes it again" : "";
      return Finding.fault(file, what, harm.words() + ", put back a copy" + how, Remedy.NONE);
    }
    return Finding.note(
        file, what, "no version rests on it, who needs it makes it again", Remedy.NONE);
  }

  private Harm harm(Set<Part> parts) {
    SortedSet<String> roots = new TreeSet<>();
    SortedSet<String> tasks = new TreeSet<>();
    for (Part part : parts) {
      roots.addAll(graph.roots(part));
      graph.upward(part).stream()
          .filter(above -> above.kind() == PartKind.TASK)
          .forEach(task -> addName(task, tasks));
    }
    return Harm.of(roots, tasks);
  }

  private void addName(Part task, SortedSet<String> names) {
    try {
      names.add(naming.task(task).task().name());
    } catch (CorruptObjectException | StoreFormatException nameless) { // it is a finding itself
      names.add("a task whose record is lost");
    }
  }

  /** The files of all objects that are named by something that can be read. */
  Set<String> named() {
    return graph.parts().stream().map(Part::file).collect(Collectors.toSet());
  }
}
