package dev.braid.serving.api;

import dev.braid.inference.classify.Candidates;
import dev.braid.model.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The parameters of a request, each given at most once and none unknown. */
final class Query {
  static final String TASK = "task";
  static final String CLASSES = "classes";
  static final String TOP = "top";
  static final String VERSION = "version";
  static final String DETAIL = "detail";

  private static final int USUAL_LABELS = 5;

  private final Map<String, List<String>> parameters;
  private final Limits limits;

  private Query(Map<String, List<String>> parameters, Limits limits) {
    this.parameters = parameters;
    this.limits = limits;
  }

  static Query of(Map<String, List<String>> parameters, Limits limits, String... known) {
    Set<String> names = new TreeSet<>(List.of(known));
    if (!names.containsAll(parameters.keySet())) {
      throw RefusedRequestException.malformed("Unknown parameter (known are %s)", names);
    }
    if (parameters.values().stream().anyMatch(values -> values.size() > 1)) {
      throw RefusedRequestException.malformed("A parameter is given twice");
    }
    return new Query(parameters, limits);
  }

  /** A parameter that is given and not empty. */
  Optional<String> text(String name) {
    return parameters.getOrDefault(name, List.of()).stream()
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  private OptionalInt number(String name, int most) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.get().matches("[0-9]{1,9}")
        || Integer.parseInt(text.get()) < 1
        || Integer.parseInt(text.get()) > most) {
      throw RefusedRequestException.invalid("Invalid %s (a whole number, 1 to %s)", name, most);
    }
    return OptionalInt.of(Integer.parseInt(text.get()));
  }

  OptionalInt version() {
    return number(VERSION, Integer.MAX_VALUE);
  }

  int labels() {
    return number(TOP, limits.labels()).orElse(Math.min(USUAL_LABELS, limits.labels()));
  }

  boolean detail() {
    return switch (text(DETAIL).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw RefusedRequestException.invalid("Invalid %s (true or false)", DETAIL);
    };
  }

  Candidates candidates() {
    Optional<String> task = text(TASK);
    Optional<String> classes = text(CLASSES);
    if (task.isPresent() && classes.isPresent()) {
      throw RefusedRequestException.invalid("Give %s or %s, not both", TASK, CLASSES);
    }
    try {
      if (task.isPresent()) {
        return new Candidates.OfTask(new TaskId(task.get()));
      }
      return classes.isPresent()
          ? Candidates.Names.of(names(classes.get()))
          : new Candidates.AllLearned();
    } catch (IllegalArgumentException e) {
      throw RefusedRequestException.invalid("%s", String.valueOf(e.getMessage()));
    }
  }

  private List<String> names(String classes) {
    List<String> names = Stream.of(classes.split(",", -1)).map(String::strip).toList();
    if (names.size() < 2 || names.size() > limits.classes()) {
      throw RefusedRequestException.invalid(
          "Invalid %s: %s (2 to %s, with commas between them)",
          CLASSES, names.size(), limits.classes());
    }
    if (names.stream().anyMatch(name -> name.length() > limits.classLength())) {
      throw RefusedRequestException.invalid(
          "Invalid %s: one is longer than %s characters", CLASSES, limits.classLength());
    }
    return names;
  }
}
