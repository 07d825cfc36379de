package dev.braid.cli.classify;

import dev.braid.cli.terminal.Console;
import dev.braid.inference.classify.Prediction;
import dev.braid.inference.classify.Prediction.Answered;
import dev.braid.inference.classify.Prediction.Label;
import dev.braid.inference.statistics.TaskProbability;
import dev.braid.model.TaskId;
import dev.braid.store.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A file and what a version says about it.
 *
 * @param name as it was given
 */
record ClassifiedFile(String name, Prediction prediction) {
  /** Prints the answer, or why there is none. */
  void print(Console console) {
    if (prediction instanceof Answered answered) {
      console.line(
          "%s: %s (%s)%s",
          name,
          answered.label().name(),
          percent(answered.label().probability()),
          answered.isOfNoTask() ? ", of no learned task" : "");
      List<Label> best = answered.best();
      best.subList(1, best.size()).forEach(label -> console.line("%s", line(label)));
      why(answered).ifPresent(sentence -> console.line("  %s", sentence));
    } else if (prediction instanceof Prediction.Undecodable failed) {
      console.error("%s: %s", name, failed.error());
    }
  }

  private static String line(Label label) {
    return "  %8s  %s".formatted(percent(label.probability()), label.name());
  }

  /** Who answered, and how probable the tasks are; nothing if one model answers for all tasks. */
  private static Optional<String> why(Answered answered) {
    if (answered.experts().isEmpty() && answered.tasks().isEmpty()) {
      return Optional.empty();
    }
    String asked =
        answered.experts().isEmpty()
            ? "the base"
            : "the expert of "
                + answered.experts().stream().map(TaskId::name).collect(Collectors.joining(", "));
    String tasks =
        answered.tasks().isEmpty()
            ? ""
            : answered.tasks().stream()
                .limit(3)
                .map(each -> each.task() + " " + percent(each.probability()))
                .collect(Collectors.joining(", ", " (probable tasks: ", ")"));
    return Optional.of("answered by %s%s".formatted(asked, tasks));
  }

  private static String percent(double probability) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * probability);
  }

  /** The same as fields. */
  JsonObject json() {
    JsonObject json = new JsonObject().with("file", name);
    if (prediction instanceof Prediction.Undecodable failed) {
      return json.with("error", failed.error());
    }
    return json((Answered) prediction, json);
  }

  private static JsonObject json(Answered answered, JsonObject json) {
    return json.with("labels", answered.best(), ClassifiedFile::json)
        .with("tasks", answered.tasks(), ClassifiedFile::json)
        .with("of-no-task", boxed(answered.ofNoTask()))
        .with("is-of-no-task", answered.isOfNoTask())
        .with("experts", answered.experts(), TaskId::name)
        .with("forwards", answered.forwards());
  }

  private static JsonObject json(Label label) {
    return new JsonObject()
        .with("class-name", label.name())
        .with("task", label.task())
        .with("probability", label.probability());
  }

  private static JsonObject json(TaskProbability each) {
    return new JsonObject().with("task", each.task()).with("probability", each.probability());
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }
}
