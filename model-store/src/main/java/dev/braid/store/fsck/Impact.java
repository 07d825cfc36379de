package dev.braid.store.fsck;

import dev.braid.model.LineId;
import dev.braid.store.StoredName;
import dev.braid.store.StoredName.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What depends on an object.
 *
 * @param all whether every version depends on it
 * @param versions the versions that depend on it, by line
 * @param tasks names of the tasks that depend on it, unless a whole version shares it
 * @param isProduced whether a receipt shows that a stage produces it
 */
record Impact(
    boolean all,
    SortedMap<LineId, SortedSet<Integer>> versions,
    SortedSet<String> tasks,
    boolean isProduced) {

  static Impact of(Collection<String> roots, SortedSet<String> tasks) {
    SortedMap<LineId, SortedSet<Integer>> versions = new TreeMap<>();
    boolean all = false;
    boolean isProduced = roots.isEmpty();
    for (String root : roots) {
      StoredName is = StoredName.of(root);
      all |= is instanceof StoredName.Info;
      isProduced |= is instanceof StoredName.ReceiptFile;
      if (is instanceof Manifest manifest) {
        versions.computeIfAbsent(manifest.line(), line -> new TreeSet<>()).add(manifest.number());
      }
    }
    return new Impact(all, versions, tasks, isProduced);
  }

  /** True if a version depends on it. */
  boolean isServed() {
    return all || !versions.isEmpty();
  }

  /** True if it may be moved aside: a stage produces it again, or nothing needs it. */
  boolean isReproducible() {
    return !all && isProduced;
  }

  /** What depends on it, in words. */
  String words() {
    if (all) {
      return "the base and every version depend on it";
    } else if (versions.isEmpty()) {
      return isProduced
          ? "no version depends on it"
          : "no version depends on it, and no stage produces it";
    }
    List<String> lines = new ArrayList<>();
    versions.forEach((line, numbers) -> lines.add(numbers(numbers) + " of line " + line));
    String owners = tasks.isEmpty() ? "" : " (of %s)".formatted(String.join(", ", tasks));
    return "%s%s cannot be used without it".formatted(String.join(", ", lines), owners);
  }

  private static String numbers(SortedSet<Integer> numbers) {
    if (numbers.size() == 1) {
      return "version " + numbers.first();
    }
    boolean isRange = numbers.last() - numbers.first() + 1 == numbers.size();
    return isRange
        ? "versions %s to %s".formatted(numbers.first(), numbers.last())
        : "versions " + String.join(", ", numbers.stream().map(String::valueOf).toList());
  }
}
