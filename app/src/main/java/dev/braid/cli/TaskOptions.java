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
  @Option(names = "--images", paramLabel = "DIR", description = "The folder of pictures.")
  @Nullable String images;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description = "Class names, one per line, to use instead of the folder names.")
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
    return images != null;
  }

  /** The described task under this name. */
  TaskFile task(String name) {
    Map<String, Object> values = values();
    values.put("name", name);
    return TaskFile.of(values);
  }

  private Map<String, Object> values() {
    Map<String, Object> values = new TreeMap<>();
    if (images != null) {
      values.put("images", images);
    }
    if (classes != null) {
      values.put("classes", classes);
    }
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
}
