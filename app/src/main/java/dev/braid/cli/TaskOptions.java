package dev.braid.cli;

import dev.braid.settings.TaskFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that describe a task when no file does, except for its name. */
final class TaskOptions {
  @Option(
      names = "--images",
      paramLabel = "PATH",
      description =
          "Where the pictures are: a folder of class folders, Parquet files, or a list of paths"
              + " (CSV, TSV, JSON lines).")
  @Nullable String images;

  @Option(
      names = "--table",
      paramLabel = "T",
      description =
          "A table or view of Spark's catalog that has the pictures, instead of --images.")
  @Nullable String table;

  @Option(
      names = "--image-column",
      paramLabel = "C",
      description =
          "The column with the pictures or their paths (default: image or img; in lists file_name,"
              + " path or image).")
  @Nullable String imageColumn;

  @Option(
      names = "--label-column",
      paramLabel = "C",
      description = "The column with the classes, by name or by number from 0 (default: label).")
  @Nullable String labelColumn;

  @Option(
      names = "--split-column",
      paramLabel = "C",
      description =
          "The column with train, validation or test (default: split, if there is one; else the"
              + " files' names).")
  @Nullable String splitColumn;

  @Option(
      names = "--filter",
      paramLabel = "SQL",
      description = "Take only the rows that satisfy this condition, such as \"year = 2026\".")
  @Nullable String filter;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description = "Class names, one per line: line i names class i.")
  @Nullable String classes;

  @Option(
      names = "--recursive",
      description = "Read the pictures in folders inside the class folders too.")
  boolean isRecursive;

  @Option(
      names = "--template",
      paramLabel = "T",
      description =
          "A sentence with {c} for the class name; may be repeated, the first one is used in"
              + " training.")
  List<String> templates = new ArrayList<>();

  @Option(
      names = "--priority",
      paramLabel = "P",
      description = "Tasks with a higher priority are merged earlier (default: 0).")
  int priority;

  /** Whether any of the options is given. */
  boolean areGiven() {
    return !values().isEmpty();
  }

  /** Whether the options and a name describe a task completely. */
  boolean suffice() {
    return images != null || table != null;
  }

  /** The described task under this name. */
  TaskFile task(String name) {
    Map<String, Object> values = values();
    values.put("name", name);
    return TaskFile.of(values);
  }

  private Map<String, Object> values() {
    Map<String, Object> values = new TreeMap<>();
    put(values, "images", images);
    put(values, "table", table);
    put(values, "classes", classes);
    put(values, "columns.image", imageColumn);
    put(values, "columns.label", labelColumn);
    put(values, "columns.split", splitColumn);
    put(values, "filter", filter);
    if (isRecursive) {
      values.put("recursive", true);
    }
    if (!templates.isEmpty()) {
      values.put("templates", templates);
    }
    if (priority != 0) {
      values.put("priority", priority);
    }
    return values;
  }

  private static void put(Map<String, Object> values, String key, @Nullable String value) {
    if (value != null) {
      values.put(key, value);
    }
  }
}
