package dev.braid.store.json;

import dev.braid.model.TaskId;
import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.Calibration;
import dev.braid.model.record.EnsembleWeights;
import dev.braid.model.record.RoutingRule;
import dev.braid.model.record.RoutingRule.OfTask;
import dev.braid.model.record.RoutingRule.Prototypes;
import dev.braid.model.record.RoutingRule.Statistics;
import java.util.SortedMap;
import java.util.TreeMap;

/** The JSON of the rule by which a version answers. */
public final class RuleJson {
  private static final String KIND = "kind";
  private static final String PROTOTYPES = "prototypes";
  private static final String STATISTICS = "statistics";
  private static final String EXPERTS = "experts";
  private static final String WEIGHTING = "weighting";
  private static final String ANSWERS = "answers";
  private static final String SAMPLE = "sample";
  private static final String THRESHOLD = "threshold";
  private static final String TASKS = "tasks";
  private static final String TEMPERATURE = "temperature";
  private static final String ALPHA = "alpha";
  private static final String BETA = "beta";

  private RuleJson() {}

  /** The canonical JSON of a rule. */
  public static JsonObject toJson(RoutingRule rule) {
    JsonObject json = new JsonObject().with(EXPERTS, rule.experts());
    if (rule instanceof Statistics statistics) {
      SortedMap<String, JsonObject> tasks = new TreeMap<>();
      statistics.tasks().forEach((task, own) -> tasks.put(task.name(), toJson(own)));
      return json.with(KIND, STATISTICS)
          .with(ANSWERS, statistics.answers().label())
          .with(SAMPLE, statistics.sample())
          .with(THRESHOLD, statistics.threshold())
          .with(TASKS, tasks);
    }
    return json.with(KIND, PROTOTYPES).with(WEIGHTING, ((Prototypes) rule).weights().label());
  }

  private static JsonObject toJson(OfTask task) {
    return new JsonObject()
        .with(STATISTICS, task.statistics())
        .with(TEMPERATURE, task.calibration().temperature())
        .with(ALPHA, task.calibration().alpha())
        .with(BETA, task.calibration().beta());
  }

  static RoutingRule fromJson(JsonFields fields) {
    String kind = fields.string(KIND);
    int experts = fields.smallInteger(EXPERTS);
    return switch (kind) {
      case PROTOTYPES -> new Prototypes(experts, EnsembleWeights.of(fields.string(WEIGHTING)));
      case STATISTICS -> {
        SortedMap<TaskId, OfTask> tasks = new TreeMap<>();
        fields
            .objectMap(TASKS, RuleJson::task)
            .forEach((task, own) -> tasks.put(new TaskId(task), own));
        yield new Statistics(
            AnswerRule.of(fields.string(ANSWERS)),
            experts,
            fields.integer(SAMPLE),
            fields.float64(THRESHOLD),
            tasks);
      }
      default ->
          throw new IllegalArgumentException(
              "Invalid kind of a rule: %s (prototypes or statistics)".formatted(kind));
    };
  }

  private static OfTask task(JsonFields fields) {
    return new OfTask(
        fields.digest(STATISTICS),
        new Calibration(fields.float64(TEMPERATURE), fields.float64(ALPHA), fields.float64(BETA)));
  }
}
