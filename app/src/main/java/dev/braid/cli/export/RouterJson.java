package dev.braid.cli.export;

import dev.braid.inference.StatisticsRouting;
import dev.braid.inference.statistics.ClassDiscriminant;
import dev.braid.inference.statistics.LinearDiscriminant;
import dev.braid.inference.statistics.Router;
import dev.braid.inference.statistics.Threshold;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.Calibration;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.RoutingRule;
import dev.braid.model.record.TaskRecord;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import dev.braid.store.json.JsonObject;
import dev.braid.vlm.text.ClassNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything but the models with which a version answers pictures by statistics, so that another
 * runtime can do the same (docs/format.md has the formulas).
 */
record RouterJson(ModelStore store, Version version, ModelRecord model) {
  private static final int FORMAT = 1;

  /**
   * The router of a version.
   *
   * @throws IllegalArgumentException if the version does not route by statistics
   */
  JsonObject json() {
    if (model.isOneForAll() || model.tasks().isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot export the router of version %s of line %s: one model answers all pictures (leave out --router)"
              .formatted(version.number(), version.line()));
    }
    if (model.rule().orElse(RoutingRule.OF_OLD_VERSIONS) instanceof RoutingRule.Statistics rule) {
      return json(rule);
    }
    throw new IllegalArgumentException(
        "Cannot export the router of version %s of line %s: it routes by prototypes (set routing.rule to statistics and run 'braid run')"
            .formatted(version.number(), version.line()));
  }

  private JsonObject json(RoutingRule.Statistics rule) {
    SortedMap<TaskId, Digest> statistics = new TreeMap<>();
    rule.tasks().forEach((task, own) -> statistics.put(task, own.statistics()));
    LinearDiscriminant discriminant = StatisticsRouting.discriminant(store, statistics);
    List<Map.Entry<TaskId, RoutingRule.OfTask>> tasks = new ArrayList<>(rule.tasks().entrySet());
    return new JsonObject()
        .with("format", FORMAT)
        .with("kind", "statistics")
        .with("base", model.base())
        .with("line", version.line())
        .with("version", version.number())
        .with("model", version.model())
        .with("answers", rule.answers().label())
        .with("experts", rule.experts())
        .with("least-probability", Router.LEAST_PROBABILITY)
        .with("threshold", threshold(rule))
        .with("base-temperature", Calibration.BASE.temperature())
        .with("mean", values(discriminant.mean()))
        .with("factor-of-classes", rows(discriminant.factorOfClasses()))
        .with("factor-of-all", rows(discriminant.factorOfAll()))
        .with("tasks", tasks, task -> json(task.getKey(), task.getValue(), discriminant));
  }

  private static Optional<Double> threshold(RoutingRule.Statistics rule) {
    return rule.threshold() == Threshold.NONE.value()
        ? Optional.empty()
        : Optional.of(rule.threshold());
  }

  private JsonObject json(TaskId task, RoutingRule.OfTask own, LinearDiscriminant discriminant) {
    ModelRecord.Learned learned = model.learned(task).orElseThrow();
    TaskRecord record = store.records().task(learned.record());
    return new JsonObject()
        .with("task", task)
        .with("class-names", record.classNames(), name -> name)
        .with("labels", record.classNames(), ClassNames::label)
        .with("templates", record.templates(), template -> template)
        .with("temperature", own.calibration().temperature())
        .with("alpha", own.calibration().alpha())
        .with("beta", own.calibration().beta())
        .with("log-prior", discriminant.logPrior(task))
        .with("classes", discriminant.classes(task), RouterJson::json);
  }

  /** Null for a class without training pictures. */
  private static Object json(ClassDiscriminant function) {
    return Double.isInfinite(function.offset())
        ? Optional.empty()
        : new JsonObject()
            .with("weights", values(function.weights()))
            .with("offset", function.offset());
  }

  private static List<Double> values(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static List<List<Double>> rows(double[][] rows) {
    return Arrays.stream(rows).map(RouterJson::values).toList();
  }
}
