package dev.braid.report.page;

import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import dev.braid.report.AlignmentFigures;
import dev.braid.report.LineHead;
import dev.braid.report.MatrixWriter;
import dev.braid.report.Metric;
import dev.braid.report.Result;
import dev.braid.report.RoutingTable;
import dev.braid.report.Spread;
import dev.braid.report.StreamReport;
import dev.braid.report.TaskFigures;
import dev.braid.store.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes a report as JSON: shares are fractions, missing accuracies are null, missing figures are
 * omitted.
 */
final class JsonReport {
  private JsonReport() {}

  /** The report as an object. */
  static JsonObject of(StreamReport report) {
    JsonObject json = new JsonObject().with("title", report.title());
    report.head().ifPresent(head -> json.with("head", (Object) head(head)));
    return json.with("provenance", report.provenance())
        .with("references", report.references().stream().sorted().toList(), name -> name)
        .with("summary", summary(report), row -> row)
        .with("results", report.results(), JsonReport::result);
  }

  private static JsonObject head(LineHead head) {
    return new JsonObject()
        .with("version", head.version().number())
        .with("time", head.version().time())
        .with("action", head.version().action())
        .with("model", head.version().model())
        .with("newest", head.newest())
        .with("learned", head.learned().entrySet().stream().toList(), JsonReport::learned)
        .with("set_aside", head.setAside(), JsonReport::setAside);
  }

  private static JsonObject learned(Map.Entry<TaskId, Version> task) {
    return new JsonObject()
        .with("task", task.getKey())
        .with("version", task.getValue().number())
        .with("time", task.getValue().time());
  }

  private static JsonObject setAside(Version.SetAside aside) {
    return new JsonObject().with("task", aside.task()).with("reason", aside.reason());
  }

  private static List<JsonObject> summary(StreamReport report) {
    List<JsonObject> rows = new ArrayList<>();
    for (String protocol : report.protocols()) {
      for (String strategy : report.strategies()) {
        if (!report.of(strategy, protocol).isEmpty()) {
          rows.add(summary(report, strategy, protocol));
        }
      }
    }
    return rows;
  }

  private static JsonObject summary(StreamReport report, String strategy, String protocol) {
    JsonObject row =
        new JsonObject()
            .with("strategy", strategy)
            .with("protocol", protocol)
            .with("runs", report.of(strategy, protocol).size());
    for (Metric metric : Metric.values()) {
      Spread spread = report.spread(strategy, protocol, metric).orElseThrow();
      if (!spread.isMissing()) {
        row.with(metric.key(), (Object) spread(spread));
      }
    }
    return row;
  }

  private static JsonObject spread(Spread spread) {
    return new JsonObject()
        .with("mean", spread.mean())
        .with("standard_deviation", boxed(spread.deviation()));
  }

  private static JsonObject result(Result result) {
    JsonObject json =
        MatrixWriter.toJson(result.matrix())
            .with("strategy", result.contender().strategy())
            .with("source", result.contender().source())
            .with("settings", result.contender().settings())
            .with("protocol", result.conditions().protocol())
            .with("order", result.conditions().order())
            .with("seed", result.conditions().seed())
            .with("task_figures", result.tasks(), JsonReport::task)
            .with("alignments", result.alignments(), JsonReport::alignment);
    result.routing().ifPresent(routing -> json.with("routing", (Object) routing(routing)));
    result.answers().ifPresent(answers -> json.with("answers", (Object) AnswersJson.of(answers)));
    return result.confused().isEmpty()
        ? json
        : json.with("most_confused", result.confused(), AnswersJson::of);
  }

  private static JsonObject routing(RoutingTable routing) {
    JsonObject json =
        new JsonObject()
            .with("tasks", routing.tasks(), TaskId::name)
            .with("counts", routing.counts(), row -> row);
    double right = routing.right();
    return Double.isNaN(right) ? json : json.with("right", right);
  }

  private static JsonObject task(TaskFigures task) {
    return new JsonObject()
        .with("task", task.task())
        .with("classes", task.classes())
        .with("trained", task.trained())
        .with("tested", task.tested())
        .with("individual", boxed(task.individual()))
        .with("mask_density", boxed(task.density()))
        .with("relative_error", boxed(task.relativeError()))
        .with("cosine", boxed(task.cosine()));
  }

  private static JsonObject alignment(AlignmentFigures alignment) {
    return new JsonObject()
        .with("task", alignment.task())
        .with("step", alignment.step())
        .with("conflicts_in_mask", alignment.inMask())
        .with("conflicts_overall", alignment.overall());
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }
}
