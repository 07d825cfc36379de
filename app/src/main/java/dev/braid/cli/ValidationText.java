package dev.braid.cli;

import dev.braid.model.TaskId;
import dev.braid.model.figures.Proportion;
import dev.braid.model.figures.ValidationFigures;
import dev.braid.store.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes the accuracies of a version on validation pictures. */
final class ValidationText {
  private static final int MOST_LISTED = 6;
  private static final int LOWEST_SHOWN = 3;

  private ValidationText() {}

  /**
   * One line where the task is known, one where it is unknown; a line without figures is left out.
   * Of more than six tasks, each has the lowest three.
   */
  static List<String> lines(ValidationFigures figures) {
    List<String> lines = new ArrayList<>();
    add(lines, "task known", figures.known());
    add(lines, "task unknown", figures.union());
    return lines;
  }

  private static void add(
      List<String> lines, String condition, SortedMap<TaskId, Proportion> shares) {
    if (!shares.isEmpty()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s %s, %.1f %% in the mean: %s",
              lines.isEmpty() ? "Validated" : "         ",
              condition,
              100 * mean(shares),
              listed(shares)));
    }
  }

  private static String listed(SortedMap<TaskId, Proportion> shares) {
    return shares.size() <= MOST_LISTED
        ? joined(shares.entrySet().stream())
        : "lowest "
            + joined(
                shares.entrySet().stream()
                    .sorted(
                        Comparator.comparingDouble(
                            (Map.Entry<TaskId, Proportion> each) -> each.getValue().value()))
                    .limit(LOWEST_SHOWN));
  }

  private static String joined(Stream<Map.Entry<TaskId, Proportion>> shares) {
    return shares
        .map(
            each ->
                String.format(Locale.ROOT, "%s %.1f", each.getKey(), 100 * each.getValue().value()))
        .collect(Collectors.joining(", "));
  }

  private static double mean(SortedMap<TaskId, Proportion> shares) {
    return shares.values().stream().mapToDouble(Proportion::value).average().orElseThrow();
  }

  /** The shares of all tasks as fractions, with their mean. */
  static JsonObject json(ValidationFigures figures) {
    JsonObject json = new JsonObject();
    add(json, "known-task", figures.known());
    add(json, "union-labels", figures.union());
    return json;
  }

  private static void add(JsonObject json, String protocol, SortedMap<TaskId, Proportion> shares) {
    if (!shares.isEmpty()) {
      JsonObject tasks = new JsonObject();
      shares.forEach((task, share) -> tasks.with(task.name(), share.value()));
      json.with(
          protocol,
          (Object) new JsonObject().with("mean", mean(shares)).with("tasks", (Object) tasks));
    }
  }
}
