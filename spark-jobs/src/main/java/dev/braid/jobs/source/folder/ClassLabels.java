package dev.braid.jobs.source.folder;

import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.vlm.text.ClassNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/** The labels of class folders: folders have the names of their classes, or all have numbers. */
final class ClassLabels {
  private final String source;
  private final String list;
  private final List<String> names;
  private final Map<String, Integer> byName = new HashMap<>();

  /**
   * The labels of these classes.
   *
   * @param source its name in messages
   * @param list where the names are listed
   */
  ClassLabels(String source, String list, List<String> names) {
    this.source = source;
    this.list = list;
    this.names = names;
    for (int label = 0; label < names.size(); label++) {
      byName.put(ClassNames.label(names.get(label)), label);
    }
  }

  /**
   * The label of each folder.
   *
   * @param folders the names of the class folders
   * @throws RefusedDatasetException if one is no class, or two are one class
   */
  Map<String, Integer> of(SortedSet<String> folders) {
    boolean allNamed = folders.stream().allMatch(this::isNamed);
    Map<String, Integer> labels = new TreeMap<>();
    Map<Integer, String> taken = new HashMap<>();
    for (String folder : folders) {
      int label =
          allNamed ? byName.getOrDefault(ClassNames.label(folder), 0) : number(folder, folders);
      String other = taken.put(label, folder);
      if (other != null) {
        throw refused(
            "the folders '%s' and '%s' both belong to the class '%s'",
            other, folder, names.get(label));
      }
      labels.put(folder, label);
    }
    return labels;
  }

  private boolean isNamed(String folder) {
    return byName.containsKey(ClassNames.label(folder));
  }

  private boolean isNumber(String folder) {
    return folder.matches("[0-9]{1,9}") && Integer.parseInt(folder) < names.size();
  }

  private int number(String folder, SortedSet<String> folders) {
    for (String suspect : folders) {
      if (!isNumber(suspect) && !isNamed(suspect)) {
        throw refused(
            "the folder '%s' is not a class (neither one of the %s names in %s nor a number below"
                + " %s)",
            suspect, names.size(), list, names.size());
      }
    }
    if (!isNumber(folder)) {
      String numbered = folders.stream().filter(other -> !isNamed(other)).findFirst().orElse("");
      throw refused(
          "the folder '%s' has the name of a class and '%s' the number of one; name or number them"
              + " all",
          folder, numbered);
    }
    return Integer.parseInt(folder);
  }

  private RefusedDatasetException refused(String why, Object... values) {
    return new RefusedDatasetException(
        "Cannot read pictures from %s: %s", source, why.formatted(values));
  }
}
