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
 * What is lost with an object.
 *
 * @param all whether every version rests on it
 * @param versions the versions that rest on it, by line
 * @param tasks names of the tasks that rest on it, if it is not shared by all of a version
 * @param isMade whether a receipt says that some stage makes it
 */
record Impact(
    boolean all,
    SortedMap<LineId, SortedSet<Integer>> versions,
    SortedSet<String> tasks,
    boolean isMade) {

  static Impact of(Collection<String> roots, SortedSet<String> tasks) {
    SortedMap<LineId, SortedSet<Integer>> versions = new TreeMap<>();
    boolean all = false;
    boolean isMade = roots.isEmpty();
    for (String root : roots) {
      StoredName is = StoredName.of(root);
      all |= is instanceof StoredName.Info;
      isMade |= is instanceof StoredName.ReceiptFile;
      if (is instanceof Manifest manifest) {
        versions.computeIfAbsent(manifest.line(), line -> new TreeSet<>()).add(manifest.number());
      }
    }
    return new Impact(all, versions, tasks, isMade);
  }

  /** True if versions rest on it, or all that is. */
  boolean isServed() {
    return all || !versions.isEmpty();
  }

  /** True if it may be put out of the way: some stage makes it again, or nobody misses it. */
  boolean isRemade() {
    return !all && isMade;
  }

  /** Who rests on it, in words. */
  String words() {
    if (all) {
      return "the base and so every version rest on it";
    } else if (versions.isEmpty()) {
      return isMade ? "no version rests on it" : "no version rests on it, and no stage makes it";
    }
    List<String> lines = new ArrayList<>();
    versions.forEach((line, numbers) -> lines.add(numbers(numbers) + " of line " + line));
    String whose = tasks.isEmpty() ? "" : " (of %s)".formatted(String.join(", ", tasks));
    return "%s%s cannot do without it".formatted(String.join(", ", lines), whose);
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
