package dev.braid.store.fsck;

import dev.braid.model.LineId;
import dev.braid.store.StoredName;
import dev.braid.store.StoredName.InArea;
import dev.braid.store.StoredName.Info;
import dev.braid.store.StoredName.LeaseFile;
import dev.braid.store.StoredName.Manifest;
import dev.braid.store.StoredName.ReceiptFile;
import dev.braid.store.StoredName.Requested;
import dev.braid.store.StoredName.RunFile;
import dev.braid.store.StoredName.TombstoneFile;
import dev.braid.store.file.FileEntry;
import dev.braid.store.fsck.Finding.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The faults of the files of a store that are not objects. */
final class FileFaults {
  private final List<FileEntry> all;
  private final SortedMap<String, String> broken;

  FileFaults(List<FileEntry> all, SortedMap<String, String> broken) {
    this.all = all;
    this.broken = broken;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    SortedMap<LineId, SortedSet<Integer>> lines = lines();
    for (Map.Entry<String, String> each : broken.entrySet()) {
      finding(each.getKey(), each.getValue(), lines, findings);
    }
    if (all.stream().noneMatch(file -> StoredName.of(file.name()) instanceof Info)) {
      findings.add(
          Finding.fault(
              "store.json",
              "it is missing",
              "the store cannot be opened, put back a copy",
              Remedy.NONE));
    }
    lines.forEach((line, numbers) -> gaps(line, numbers, findings));
    return findings;
  }

  private SortedMap<LineId, SortedSet<Integer>> lines() {
    SortedMap<LineId, SortedSet<Integer>> lines = new TreeMap<>();
    for (FileEntry file : all) {
      if (StoredName.of(file.name()) instanceof Manifest manifest) {
        lines.computeIfAbsent(manifest.line(), line -> new TreeSet<>()).add(manifest.number());
      }
    }
    return lines;
  }

  private static void finding(
      String file,
      String fault,
      SortedMap<LineId, SortedSet<Integer>> lines,
      List<Finding> findings) {
    StoredName is = StoredName.of(file);
    if (is instanceof Info) {
      String impact = "the store cannot be opened, put back a copy";
      findings.add(Finding.fault(file, fault, impact, Remedy.NONE));
    } else if (is instanceof Manifest manifest) {
      findings.add(Finding.fault(file, fault, impact(manifest, lines), Remedy.NONE));
    } else if (is instanceof ReceiptFile) {
      String impact =
          "its stage counts as not done, 'braid fsck --repair' moves it aside and the stage runs"
              + " again when its outputs are needed";
      findings.add(Finding.fault(file, fault, impact, Remedy.MOVE_ASIDE));
    } else if (is instanceof Requested) {
      String impact =
          "no task can be learned while it is there, 'braid fsck --repair' moves it aside; if"
              + " 'braid status' does not list its task afterwards, add it again";
      findings.add(Finding.fault(file, fault, impact, Remedy.MOVE_ASIDE));
    } else if (is instanceof RunFile) {
      String impact =
          "the outcome of that run is lost, nothing depends on it, 'braid fsck --repair' moves it"
              + " aside";
      findings.add(Finding.fault(file, fault, impact, Remedy.MOVE_ASIDE));
    } else if (is instanceof LeaseFile) {
      String impact =
          "it counts as missing and the next run replaces it, 'braid fsck --repair' moves it aside";
      findings.add(Finding.fault(file, fault, impact, Remedy.MOVE_ASIDE));
    } else if (is instanceof TombstoneFile) {
      String impact =
          "nothing can be committed while it is there, 'braid fsck --repair' moves it aside, and"
              + " 'braid gc' marks again what no version needs";
      findings.add(Finding.fault(file, fault, impact, Remedy.MOVE_ASIDE));
    } else if (is instanceof InArea area) {
      String impact =
          "its training cannot continue, 'braid fsck --repair' deletes its state and it starts"
              + " again";
      String what = "%s has a fault: %s".formatted(file, fault);
      findings.add(Finding.fault(OrphanFiles.path(area.area()), what, impact, Remedy.DELETE));
    }
  }

  private static String impact(Manifest manifest, SortedMap<LineId, SortedSet<Integer>> lines) {
    SortedSet<Integer> numbers = lines.getOrDefault(manifest.line(), new TreeSet<>());
    boolean isHead = !numbers.isEmpty() && numbers.last() == manifest.number();
    return isHead
        ? "line %s cannot be used, put back a copy; if you move it away, the version before is the head again"
            .formatted(manifest.line())
        : "version %s of line %s cannot be read, put back a copy"
            .formatted(manifest.number(), manifest.line());
  }

  /** One note for all numbers of a gap. */
  private static void gaps(LineId line, SortedSet<Integer> numbers, List<Finding> findings) {
    int before = 0;
    for (int number : numbers) {
      int first = before + 1;
      int last = number - 1;
      if (first <= last) {
        findings.add(
            Finding.note(
                "versions/" + line,
                first == last
                    ? "there is no version " + first
                    : "there are no versions %s to %s".formatted(first, last),
                "if neither 'braid gc' nor 'braid purge' deleted it, put back a copy",
                Remedy.NONE));
      }
      before = number;
    }
  }
}
