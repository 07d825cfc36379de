package dev.braid.report;

import dev.braid.driver.LineSettings;
import dev.braid.driver.MergeHealth;
import dev.braid.driver.MergeHealths;
import dev.braid.driver.Reconstruction;
import dev.braid.driver.Reconstruction.Distance;
import dev.braid.jobs.Alignments;
import dev.braid.jobs.Provenance;
import dev.braid.jobs.dataset.DatasetRecord;
import dev.braid.jobs.dataset.DatasetRecordParser;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.ModelRecord;
import dev.braid.model.ModelRecord.Learned;
import dev.braid.model.Receipt;
import dev.braid.model.TaskId;
import dev.braid.model.TaskRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.json.ModelParser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A line of a store as a report: one strategy, the order in which its tasks came. */
public final class LineReport {
  private static final String ORDER = "of learning";

  private final ModelStore store;
  private final LineId line;
  private final ModelRecord model;
  private final List<TaskRecord> tasks;
  private final Contender contender;

  /**
   * The report of a line.
   *
   * @param model what the line is now, with at least one task
   */
  public LineReport(ModelStore store, LineId line, ModelRecord model) {
    this.store = store;
    this.line = line;
    this.model = model;
    this.tasks = model.tasks().stream().map(Learned::record).map(store.records()::task).toList();
    this.contender =
        new Contender(
            model.isOneForAll()
                ? model.strategy()
                : "%s, %s".formatted(model.strategy(), model.truth().label()),
            "line " + line,
            settings());
  }

  /**
   * The report.
   *
   * @param matrices by the name of their protocol, in the order in which they are shown
   * @param routing by the name of the protocol, where there is some
   * @param individual per task the accuracy of its expert before any merge
   * @param errors per task how far its decoupled delta is from its own; empty of one model for all
   * @param versions what computed the figures, by name
   */
  public StreamReport of(
      Map<String, Matrix> matrices,
      Map<String, RoutingTable> routing,
      List<Double> individual,
      List<Reconstruction> errors,
      SortedMap<String, String> versions) {
    List<TaskFigures> figures = figures(individual, errors);
    List<Result> results = new ArrayList<>();
    matrices.forEach(
        (protocol, matrix) ->
            results.add(
                new Result(
                    contender,
                    new Conditions(protocol, ORDER, tasks.get(0).seed()),
                    matrix,
                    Optional.ofNullable(routing.get(protocol)),
                    figures,
                    alignments())));
    return new StreamReport("Line %s of Braid".formatted(line), results, provenance(versions));
  }

  private List<TaskFigures> figures(List<Double> individual, List<Reconstruction> errors) {
    Map<TaskId, Double> densities =
        new MergeHealths(store)
            .of(model).tasks().stream()
                .collect(Collectors.toMap(MergeHealth.OfTask::task, MergeHealth.OfTask::density));
    List<TaskFigures> figures = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      TaskRecord task = tasks.get(i);
      DatasetRecord.Rows rows = DatasetRecordParser.load(task.dataset(), store.objects()).rows();
      TaskFigures measured =
          TaskFigures.of(task.task(), task.classNames().size(), rows.train(), rows.test())
              .withIndividual(individual.get(i));
      if (!errors.isEmpty()) {
        Distance distance = errors.get(i).whole();
        measured = measured.withReconstruction(distance.relative(), distance.cosine());
      }
      Double density = densities.get(task.task());
      figures.add(density == null ? measured : measured.withDensity(density));
    }
    return figures;
  }

  /** What the alignments of the tasks' trainings found. */
  private List<AlignmentFigures> alignments() {
    List<AlignmentFigures> figures = new ArrayList<>();
    for (TaskRecord task : tasks) {
      store.receipts().all("train").stream()
          .filter(receipt -> receipt.output("delta").equals(task.delta()))
          .limit(1)
          .flatMap(receipt -> Alignments.of(store, receipt).conflicts().stream())
          .map(
              each ->
                  new AlignmentFigures(task.task(), each.step(), each.insideMask(), each.overall()))
          .forEach(figures::add);
    }
    return figures;
  }

  /** What the line is, and what all its tasks were trained with. */
  private SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>(LineSettings.of(model).toMap());
    settings.remove("lora-seed"); // a model does not tell it
    settings.putAll(joined(tasks.stream().map(TaskRecord::training).toList()));
    return settings;
  }

  private SortedMap<String, String> provenance(SortedMap<String, String> versions) {
    SortedMap<String, String> provenance = new TreeMap<>();
    provenance.put("base", model.base().toString());
    provenance.put("model", Digest.of(ModelParser.toJson(model)).toString());
    for (TaskRecord task : tasks) {
      provenance.put(
          "task " + task.task(),
          "data set %s, delta %s, seed %d".formatted(task.dataset(), task.delta(), task.seed()));
    }
    joined(trainings()).forEach((name, value) -> provenance.put("training: " + name, value));
    versions.forEach((name, value) -> provenance.put("report: " + name, value));
    Provenance.PASSING.forEach(name -> provenance.remove("training: " + name));
    Provenance.PASSING.forEach(name -> provenance.remove("report: " + name));
    return provenance;
  }

  /** How the deltas were made, as far as receipts tell. */
  private List<SortedMap<String, String>> trainings() {
    Set<Digest> deltas = tasks.stream().map(TaskRecord::delta).collect(Collectors.toSet());
    return store.receipts().all("train").stream()
        .filter(receipt -> deltas.contains(receipt.output("delta")))
        .map(Receipt::provenance)
        .toList();
  }

  /** Each name with its value, or its values where they differ. */
  private static SortedMap<String, String> joined(List<SortedMap<String, String>> all) {
    SortedMap<String, Set<String>> values = new TreeMap<>();
    for (SortedMap<String, String> one : all) {
      one.forEach(
          (name, value) -> values.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(value));
    }
    SortedMap<String, String> joined = new TreeMap<>();
    values.forEach((name, found) -> joined.put(name, String.join(" or ", found)));
    return joined;
  }
}
