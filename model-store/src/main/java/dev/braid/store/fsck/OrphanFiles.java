package dev.braid.store.fsck;

import dev.braid.store.StoredName;
import dev.braid.store.StoredName.Aside;
import dev.braid.store.StoredName.InArea;
import dev.braid.store.StoredName.ReceiptFile;
import dev.braid.store.StoredName.Temporary;
import dev.braid.store.file.FileEntry;
import dev.braid.store.fsck.Finding.Remedy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Files that killed programs left behind, or that repairs moved aside. */
final class OrphanFiles {
  /** The staging areas of a training: its rounds, and the vectors of each. */
  private static final Pattern TRAINING = Pattern.compile("train-([0-9a-f]{64})(-[0-9]+)?");

  private final List<FileEntry> all;
  private final Instant young;

  OrphanFiles(List<FileEntry> all, Fsck.Settings settings) {
    this.all = all;
    this.young = settings.clock().instant().minus(settings.minAge());
  }

  /** The path of a piece of work's areas: theirs are this, or begin with it and "-". */
  static String path(String area) {
    Matcher training = TRAINING.matcher(area);
    return "staging/areas/" + (training.matches() ? "train-" + training.group(1) : area);
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (FileEntry file : all) {
      StoredName is = StoredName.of(file.name());
      if (is instanceof Temporary && file.modified().isBefore(young)) {
        findings.add(
            Finding.note(
                file.name(),
                "its writer was killed, it was last written " + file.modified(),
                "nothing refers to it, 'braid fsck --repair' deletes it",
                Remedy.DELETE));
      } else if (is instanceof Aside) {
        findings.add(
            Finding.note(
                file.name(),
                "it was moved aside by an earlier repair",
                "nothing refers to it, delete it when you no longer need it",
                Remedy.NONE));
      }
    }
    finishedTrainings(findings);
    return findings;
  }

  /** Areas of trainings with a receipt, killed before they deleted the areas. */
  private void finishedTrainings(List<Finding> findings) {
    Set<String> trained =
        all.stream()
            .map(file -> StoredName.of(file.name()))
            .filter(
                name ->
                    name instanceof ReceiptFile receiptFile && receiptFile.stage().equals("train"))
            .map(name -> path("train-" + ((ReceiptFile) name).inputs()))
            .collect(Collectors.toSet());
    lastWrites()
        .forEach(
            (area, last) -> {
              boolean isDone = trained.contains(area);
              if (isDone && last.isBefore(young)) {
                findings.add(
                    Finding.note(
                        area,
                        "its training has ended",
                        "its state is not needed, 'braid fsck --repair' deletes it",
                        Remedy.DELETE));
              }
            });
  }

  private SortedMap<String, Instant> lastWrites() {
    SortedMap<String, Instant> last = new TreeMap<>();
    for (FileEntry file : all) {
      if (StoredName.of(file.name()) instanceof InArea area) {
        last.merge(path(area.area()), file.modified(), (a, b) -> a.isAfter(b) ? a : b);
      }
    }
    return last;
  }
}
