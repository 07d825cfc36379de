package dev.braid.cli;

import dev.braid.settings.TaskFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that describe a task, but for its name, where no file does. */
final class TaskOptions {
  @Option(names = "--images", paramLabel = "DIR", description = "The folder of pictures.")
  @Nullable String images;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description = "Class names, one a line, where the folders' names are not to be used.")
  @Nullable String classes;

  @Option(
      names = "--template",
      paramLabel = "T",
      description = "A sentence with {c} for the class name; may be given often, the first trains.")
  List<String> templates = new ArrayList<>();

  @Option(
      names = "--priority",
      paramLabel = "P",
      description = "The higher, the earlier it is merged (default: 0).")
  int priority;

  /** Whether any of them is given. */
  boolean areGiven() {
    return !described().isEmpty();
  }

  /** Whether they and a name make a task. */
  boolean suffice() {
    return images != null;
  }

  /** The task of this name. */
  TaskFile task(String name) {
    Map<String, Object> described = described();
    described.put("name", name);
    return TaskFile.of(described);
  }

  private Map<String, Object> described() {
    Map<String, Object> described = new TreeMap<>();
    if (images != null) {
      described.put("images", images);
    }
    if (classes != null) {
      described.put("classes", classes);
    }
    if (!templates.isEmpty()) {
      described.put("templates", templates);
    }
    if (priority != 0) {
      described.put("priority", priority);
    }
    return described;
  }
}
