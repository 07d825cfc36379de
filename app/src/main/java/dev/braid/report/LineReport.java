package dev.braid.report;

import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.merging.MergeHealths;
import dev.braid.driver.merging.Reconstruction;
import dev.braid.driver.merging.Reconstruction.Distance;
import dev.braid.jobs.evaluate.EvaluationSpec;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.stage.Provenance;
import dev.braid.jobs.train.Alignments;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.json.ModelParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Builds the report on a line of a store: one strategy and one order, that of learning. */
public final class LineReport {
  private static final String ORDER = "of learning";
  private static final int MOST_CONFUSED = 8;

  private final ModelStore store;
  private final LineId line;
  private final MeasuredLine measured;
  private final ModelRecord model;
  private final List<TaskRecord> tasks;
  private final List<Receipt> trainings;

  /** Creates the report builder of a line. */
  public LineReport(ModelStore store, LineId line, MeasuredLine measured) {
    this.store = store;
    this.line = line;
    this.measured = measured;
    this.model = measured.model();
    this.tasks = model.tasks().stream().map(Learned::record).map(store.records()::task).toList();
    this.trainings = trainings();
  }

  /**
   * The report.
   *
   * @param evaluationSpecs one per protocol, in display order
   * @param errors the distance of each task's decoupled delta from its original delta; empty if one
   *     model serves all tasks
   * @param versions the software and platform that computed the figures, by name
   */
  public StreamReport of(
      List<EvaluationSpec> evaluationSpecs,
      List<Reconstruction> errors,
      SortedMap<String, String> versions)
      throws IOException {
    List<TaskFigures> figures = figures(errors);
    List<AlignmentFigures> alignments = alignments();
    List<Result> results = new ArrayList<>();
    for (EvaluationSpec evaluationSpec : evaluationSpecs) {
      Conditions conditions =
          new Conditions(evaluationSpec.protocol().label(), ORDER, tasks.get(0).seed());
      Result result = measured.result(contender(), conditions, evaluationSpec);
      results.add(
          result
              .withConfused(confused(result, evaluationSpec.protocol()))
              .withTasks(figures)
              .withAlignments(alignments));
    }
    return new StreamReport("Line %s of Braid".formatted(line), results, provenance(versions))
        .withHead(LineHead.of(store.versions(line).all(), modelDigest()));
  }

  /** The most confused classes where all classes are candidates. */
  private List<ConfusedPair> confused(Result result, Protocol protocol) throws IOException {
    return protocol == Protocol.UNION_LABELS && result.answers().isPresent()
        ? new ConfusedPairs(store.objects(), tasks).of(result.answers().get(), MOST_CONFUSED)
        : List.of();
  }

  private Digest modelDigest() {
    return Digest.of(ModelParser.toJson(model));
  }

  private Contender contender() {
    String name =
        model.isOneForAll()
            ? model.strategy()
            : "%s, %s".formatted(model.strategy(), model.mergeState().label());
    return new Contender(name, "line " + line, settings());
  }

  private List<TaskFigures> figures(List<Reconstruction> errors) {
    List<TaskFigures> figures = tasks.stream().map(this::sizes).toList();
    if (model.isOneForAll()) {
      return figures;
    }
    Map<TaskId, Double> densities =
        new MergeHealths(store)
            .of(model).tasks().stream()
                .collect(Collectors.toMap(MergeHealth.OfTask::task, MergeHealth.OfTask::density));
    List<Double> individual = measured.individual();
    return IntStream.range(0, figures.size())
        .mapToObj(
            i -> {
              TaskFigures sizes = figures.get(i);
              Distance distance = errors.get(i).whole();
              TaskFigures complete =
                  sizes
                      .withIndividual(individual.get(i))
                      .withReconstruction(distance.relative(), distance.cosine());
              return Optional.ofNullable(densities.get(sizes.task()))
                  .map(complete::withDensity)
                  .orElse(complete);
            })
        .toList();
  }

  private TaskFigures sizes(TaskRecord task) {
    DatasetRecord.Rows rows = store.records().dataset(task.dataset()).rows();
    return TaskFigures.of(task.task(), task.classNames().size(), rows.train(), rows.test());
  }

  /** The conflicts recorded while the tasks were trained, in task order. */
  private List<AlignmentFigures> alignments() {
    List<AlignmentFigures> all = new ArrayList<>();
    for (TaskRecord task : tasks) {
      trainings.stream()
          .filter(receipt -> receipt.output(Output.DELTA).equals(task.delta()))
          .findFirst()
          .map(receipt -> Alignments.of(store, receipt))
          .ifPresent(
              found ->
                  found
                      .conflicts()
                      .forEach(each -> all.add(AlignmentFigures.of(task.task(), each))));
    }
    return all;
  }

  /** The line's settings and the training settings of all its tasks. */
  private SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>(FixedLineSettings.of(model).toMap());
    settings.remove("lora-seed"); // a model does not record it
    settings.putAll(joined(tasks.stream().map(TaskRecord::training).toList()));
    return settings;
  }

  private SortedMap<String, String> provenance(SortedMap<String, String> versions) {
    SortedMap<String, String> provenance = new TreeMap<>();
    provenance.put("base", model.base().toString());
    provenance.put("model", modelDigest().toString());
    for (TaskRecord task : tasks) {
      provenance.put(
          "task " + task.task(),
          "data set %s, delta %s, seed %d".formatted(task.dataset(), task.delta(), task.seed()));
    }
    joined(trainings.stream().map(Receipt::provenance).toList())
        .forEach((name, value) -> provenance.put("training: " + name, value));
    versions.forEach((name, value) -> provenance.put("report: " + name, value));
    Provenance.PASSING.forEach(name -> provenance.remove("training: " + name));
    return provenance;
  }

  /** The training receipts of the deltas, as far as they exist. */
  private List<Receipt> trainings() {
    Set<Digest> deltas = tasks.stream().map(TaskRecord::delta).collect(Collectors.toSet());
    return store.receipts().all("train").stream()
        .filter(receipt -> deltas.contains(receipt.output(Output.DELTA)))
        .toList();
  }

  /** Each name with its value, or with all its values if they differ. */
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
