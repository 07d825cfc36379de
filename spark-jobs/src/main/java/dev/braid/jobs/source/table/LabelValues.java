package dev.braid.jobs.source.table;

import dev.braid.jobs.source.ClassNameList;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.vlm.text.ClassNames;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a table's labels are read.
 *
 * @param classNames by label
 * @param byName the label of each class's name, in the form in which equal names are equal; empty
 *     if the values are labels themselves
 */
record LabelValues(List<String> classNames, Map<String, Integer> byName) implements Serializable {
  private static final char UNREADABLE = '\ufffd';

  LabelValues {
    classNames = List.copyOf(classNames);
    byName = new HashMap<>(byName);
  }

  /** Numbers from 0, which name the classes in this order. */
  static LabelValues numbers(String table, List<String> classNames) {
    return new LabelValues(ClassNameList.checked(table, classNames), Map.of());
  }

  /** Texts that are the names of the classes, which have the order of the names. */
  static LabelValues names(String table, List<String> values) {
    checkText(table, values);
    List<String> names =
        values.stream()
            .map(ClassNameList::name)
            .filter(n -> !n.isEmpty())
            .distinct()
            .sorted()
            .toList();
    return named(ClassNameList.checked(table, names));
  }

  /**
   * Texts that are names of listed classes, or all of them numbers.
   *
   * @param values the distinct ones; those of no class are left to the rows
   * @throws RefusedDatasetException if none is a class
   */
  static LabelValues listed(String table, List<String> classNames, List<String> values) {
    LabelValues named = named(ClassNameList.checked(table, classNames));
    LabelValues numbers = numbers(table, classNames);
    if (values.stream().anyMatch(value -> named.label(value).isPresent())) {
      return named;
    }
    if (values.stream().anyMatch(value -> numbers.label(value).isPresent())) {
      return numbers;
    }
    throw new RefusedDatasetException(
        "Cannot learn from %s: no label is a class (neither one of the %s listed names nor a number"
            + " below %s), such as '%s'",
        table,
        classNames.size(),
        classNames.size(),
        values.stream().sorted().findFirst().orElse(""));
  }

  /** Spark reads bytes that are no UTF-8 as this character, and so different names as one. */
  private static void checkText(String table, List<String> values) {
    values.stream()
        .filter(value -> value.indexOf(UNREADABLE) >= 0)
        .findFirst()
        .ifPresent(
            value -> {
              throw new RefusedDatasetException(
                  "Cannot learn from %s: the label '%s' is not UTF-8 text", table, value);
            });
  }

  private static LabelValues named(List<String> classNames) {
    Map<String, Integer> byName = new HashMap<>();
    for (int label = 0; label < classNames.size(); label++) {
      byName.put(form(classNames.get(label)), label);
    }
    return new LabelValues(classNames, byName);
  }

  private static String form(String name) {
    return ClassNames.label(ClassNameList.name(name));
  }

  /** The label that a value means. */
  Optional<Integer> label(String value) {
    if (!byName.isEmpty()) {
      return Optional.ofNullable(byName.get(form(value)));
    }
    String number = value.strip();
    return number.matches("[0-9]{1,9}") && Integer.parseInt(number) < classNames.size()
        ? Optional.of(Integer.parseInt(number))
        : Optional.empty();
  }
}
