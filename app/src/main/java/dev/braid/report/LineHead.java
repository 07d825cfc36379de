package dev.braid.report;

import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest version of a line and the versions that learned its tasks.
 *
 * @param version the newest version
 * @param learned for each of its tasks, in the order of learning, the version since which the line
 *     has had it without a gap; at least one
 */
public record LineHead(Version version, Map<TaskId, Version> learned) {
  public LineHead {
    learned = Collections.unmodifiableMap(new LinkedHashMap<>(learned));
    Check.argument(!learned.isEmpty(), "Invalid head: version %s knows no task", version.number());
  }

  /**
   * Derives the head from the versions of its line.
   *
   * @param versions of one line, oldest first
   * @param model the digest of the measured model: later versions than the last one with this model
   *     are ignored
   */
  public static LineHead of(List<Version> versions, Digest model) {
    int last = versions.size() - 1;
    while (last >= 0 && !versions.get(last).model().equals(model)) {
      last--;
    }
    Check.argument(last >= 0, "Invalid head: no version has model %s", model);
    List<Version> newestFirst =
        versions.subList(0, last + 1).stream()
            .sorted(Comparator.comparingInt(Version::number).reversed())
            .toList();
    Version head = newestFirst.get(0);
    Map<TaskId, Version> learned = new LinkedHashMap<>();
    head.taken().forEach(entry -> learned.put(entry.task(), oldestWith(entry, newestFirst)));
    return new LineHead(head, learned);
  }

  /** The oldest version of the unbroken run of versions with the entry that ends at the newest. */
  private static Version oldestWith(InboxEntry entry, List<Version> newestFirst) {
    return newestFirst.stream()
        .takeWhile(version -> hasTaken(version, entry.file()))
        .reduce(newestFirst.get(0), (newer, older) -> older);
  }

  private static boolean hasTaken(Version version, Digest file) {
    return version.taken().stream().anyMatch(entry -> entry.file().equals(file));
  }

  /** The task that was learned last; of several in one version, the last in its order. */
  public TaskId newest() {
    return learned.entrySet().stream()
        .reduce(
            (first, second) ->
                second.getValue().number() >= first.getValue().number() ? second : first)
        .orElseThrow()
        .getKey();
  }

  /** The inbox files that the line set aside, with the reasons. */
  public List<SetAside> setAside() {
    return version.setAside();
  }
}
