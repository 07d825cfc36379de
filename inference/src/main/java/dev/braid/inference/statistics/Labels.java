package dev.braid.inference.statistics;

import dev.braid.vlm.text.ClassNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct labels of lists of class names, in the order in which they first occur. Names that
 * are equal after trimming, case folding and replacing underscores by spaces are one label (METHODS
 * 5), within a list and across lists.
 */
public final class Labels {
  private final List<String> names = new ArrayList<>();
  private final List<int[]> lists;

  private Labels(List<List<String>> classNames) {
    Map<String, Integer> known = new HashMap<>();
    this.lists = classNames.stream().map(list -> labels(list, known)).toList();
  }

  /** The labels of these lists, such as those of the classes of each task. */
  public static Labels of(List<List<String>> classNames) {
    return new Labels(classNames);
  }

  /** The number of labels. */
  public int count() {
    return names.size();
  }

  /** The first name of a label, as it is given. */
  public String name(int label) {
    return names.get(label);
  }

  /** The label of each class of a list. */
  public int[] of(int list) {
    return lists.get(list).clone();
  }

  private int[] labels(List<String> classNames, Map<String, Integer> known) {
    return classNames.stream().mapToInt(name -> label(name, known)).toArray();
  }

  private int label(String name, Map<String, Integer> known) {
    return known.computeIfAbsent(
        ClassNames.label(name),
        missing -> {
          names.add(name);
          return names.size() - 1;
        });
  }
}
