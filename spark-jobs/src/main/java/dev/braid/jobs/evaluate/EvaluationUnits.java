package dev.braid.jobs.evaluate;

import dev.braid.inference.Classifier;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.LabelSpace;
import dev.braid.jobs.dataset.DatasetRecords;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.model.Check;
import dev.braid.model.record.DatasetRecord;
import java.util.ArrayList;
import java.util.List;

/** Plans the evaluation of a classifier, set by set. */
final class EvaluationUnits {
  private final DatasetRecords datasets;
  private final Classifier classifier;
  private final EvaluationSpec evaluationSpec;
  private final List<EvaluationSet> learned;

  /* One list for all sets of learned tasks: units of a Spark task then share it when serialized. */
  private final List<LabelSpace.Task> candidates;

  EvaluationUnits(DatasetRecords datasets, Classifier classifier, EvaluationSpec evaluationSpec) {
    this.datasets = datasets;
    this.classifier = classifier;
    this.evaluationSpec = evaluationSpec;
    this.learned =
        evaluationSpec.protocol() == Protocol.UNION_LABELS ? classifier.learned() : List.of();
    this.candidates = learned.stream().map(this::candidate).toList();
  }

  /**
   * The unit for a set.
   *
   * @throws IllegalArgumentException if the split of the set has no picture
   */
  EvaluationUnit of(EvaluationSet evaluationSet) {
    DatasetRecord dataset = datasets.get(evaluationSet.dataset());
    Check.argument(
        dataset.rows().of(evaluationSpec.split()) > 0,
        "Cannot evaluate %s: its %s split has no picture",
        evaluationSet.task(),
        evaluationSpec.split().label());
    return new EvaluationUnit(
        evaluationSet, dataset, labelSpace(evaluationSet), classifier(evaluationSet));
  }

  private Classifier classifier(EvaluationSet evaluationSet) {
    return evaluationSpec.protocol() == Protocol.KNOWN_TASK
        ? classifier.ofKnown(evaluationSet.task())
        : classifier;
  }

  private LabelSpace labelSpace(EvaluationSet tested) {
    if (learned.contains(tested)) {
      return new LabelSpace(tested.task(), candidates);
    }
    List<LabelSpace.Task> tasks = new ArrayList<>(candidates);
    // The tested set takes the place of the learned one of its task, or comes last.
    tasks.replaceAll(task -> task.task().equals(tested.task()) ? candidate(tested) : task);
    if (tasks.stream().noneMatch(task -> task.task().equals(tested.task()))) {
      tasks.add(candidate(tested));
    }
    return new LabelSpace(tested.task(), tasks);
  }

  private LabelSpace.Task candidate(EvaluationSet task) {
    return new LabelSpace.Task(
        task.task(), datasets.get(task.dataset()).classNames(), task.templates());
  }
}
