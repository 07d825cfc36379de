package dev.braid.store.fsck;

import dev.braid.store.StoreFiles;
import dev.braid.store.StoreLocation;
import dev.braid.store.StoredName;
import dev.braid.store.StoredName.Stored;
import dev.braid.store.file.FileEntry;
import dev.braid.store.fsck.Finding.Remedy;
import dev.braid.store.fsck.Finding.Severity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks a store: reads every file completely, and follows its references. */
public final class Fsck {
  /*
   * Executors compare files with their names and seals, in waves, so that progress can be reported.
   * The driver reads a file that seems broken once more, so that one bad read on one machine has no
   * effect. Then the driver reads the small records and follows them from the manifests, receipts
   * and store.json down, to find what is missing and what a fault affects.
   */
  private static final int WAVES = 20;

  private final StoreLocation location;
  private final Settings settings;
  private final FileChecks checks;

  /**
   * The settings of a check.
   *
   * @param minAge younger temporary files and staging areas may still be in use
   */
  public record Settings(Duration minAge, InstantSource clock) {}

  /** Receives the progress of the reading. */
  @FunctionalInterface
  public interface Progress {
    void read(long bytes, long ofBytes);
  }

  /**
   * The findings of a check.
   *
   * @param files the number of files that were read
   * @param bytes the sum of their lengths
   * @param findings faults first
   */
  public record Result(long files, long bytes, List<Finding> findings) {
    public Result {
      findings =
          findings.stream()
              .sorted(Comparator.comparing(Finding::severity).thenComparing(Finding::file))
              .toList();
    }

    /** The findings of this severity. */
    public List<Finding> of(Severity severity) {
      return findings.stream().filter(finding -> finding.severity() == severity).toList();
    }
  }

  /**
   * A check of a store.
   *
   * @param checks reads the files
   */
  public Fsck(StoreLocation location, Settings settings, FileChecks checks) {
    this.location = location;
    this.settings = settings;
    this.checks = checks;
  }

  /**
   * Reads everything and changes nothing.
   *
   * @throws IllegalArgumentException if there is no store
   */
  public Result check(Progress progress) {
    StoreFiles files = StoreFiles.at(location);
    List<FileEntry> all = files.all();
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot check the store %s: there is none (create one with 'braid init')"
              .formatted(location.root()));
    }
    SortedMap<String, String> broken = confirmed(files, brokenFiles(all, progress));
    Diagnosis diagnosis = new Diagnosis(files, all, broken);
    List<Finding> findings = new ArrayList<>(diagnosis.objects());
    findings.addAll(diagnosis.ofNewerRelease());
    findings.addAll(unnamed(all, broken, diagnosis.named()));
    findings.addAll(new FileFaults(all, broken).findings());
    findings.addAll(new OrphanFiles(all, settings).findings());
    long bytes = all.stream().mapToLong(FileEntry::bytes).sum();
    return new Result(all.size(), bytes, findings);
  }

  /** Carries out the safe remedies of the findings. */
  public void repair(Result found) {
    StoreFiles files = StoreFiles.at(location);
    for (Finding finding : found.findings()) {
      if (finding.remedy() == Remedy.MOVE_ASIDE) {
        files.moveAside(finding.file());
      } else if (finding.remedy() == Remedy.DELETE) {
        files.deleteWork(finding.file());
      }
    }
  }

  private List<BrokenFile> brokenFiles(List<FileEntry> all, Progress progress) {
    List<Batch> batches = Batch.of(all);
    int wave = Math.max(checks.parallelism(), (batches.size() + WAVES - 1) / WAVES);
    List<BrokenFile> brokenFiles = new ArrayList<>();
    long total = all.stream().mapToLong(FileEntry::bytes).sum();
    long read = 0;
    for (int from = 0; from < batches.size(); from += wave) {
      List<Batch> next = batches.subList(from, Math.min(batches.size(), from + wave));
      brokenFiles.addAll(checks.run(location, next));
      read += next.stream().mapToLong(Batch::bytes).sum();
      progress.read(read, total);
    }
    return brokenFiles;
  }

  private static SortedMap<String, String> confirmed(
      StoreFiles files, List<BrokenFile> brokenFiles) {
    SortedMap<String, String> broken = new TreeMap<>();
    for (BrokenFile brokenFile : brokenFiles) {
      Batch.fault(files, brokenFile.file())
          .ifPresent(fault -> broken.put(brokenFile.file(), fault));
    }
    return broken;
  }

  /** Objects that nothing names: a finding for each broken one, and one for all intact ones. */
  private static List<Finding> unnamed(
      List<FileEntry> all, SortedMap<String, String> broken, Set<String> named) {
    List<Finding> findings = new ArrayList<>();
    long unnamed = 0;
    for (FileEntry file : all) {
      boolean isObject = StoredName.of(file.name()) instanceof Stored;
      if (!isObject || named.contains(file.name())) {
        continue;
      }
      String fault = broken.get(file.name());
      if (fault == null) {
        unnamed++;
      } else {
        findings.add(
            Finding.fault(
                file.name(),
                fault,
                "nothing that can be read names it, 'braid fsck --repair' moves it aside",
                Remedy.MOVE_ASIDE));
      }
    }
    if (unnamed > 0) {
      findings.add(
          Finding.note(
              "objects",
              "%s intact files are named by nothing that can be read".formatted(unnamed),
              "a killed run left them, or a run is using them now",
              Remedy.NONE));
    }
    return findings;
  }
}
