package dev.braid.jobs.evaluate;

import dev.braid.inference.Classifier;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.LabelSpace;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.model.Check;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.ModelStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One evaluation set, with the models that answer for it.
 *
 * @param alone the one model that answers every picture; empty if experts are routed to
 */
record EvaluationUnit(
    EvaluationSet evaluationSet,
    DatasetRecord dataset,
    LabelSpace labelSpace,
    Optional<WeightsRef> alone,
    List<Classifier.Expert> experts) {
  /**
   * The unit for a set.
   *
   * @throws IllegalArgumentException if the split of the set has no picture, or if the
   *     specification has no routing and the classifier has not learned the set's task
   */
  static EvaluationUnit of(
      ModelStore store,
      Classifier classifier,
      EvaluationSpec evaluationSpec,
      EvaluationSet evaluationSet) {
    DatasetRecord dataset = dataset(store, evaluationSet);
    Check.argument(
        dataset.rows().of(evaluationSpec.split()) > 0,
        "Cannot evaluate %s: its %s split has no picture",
        evaluationSet.task(),
        evaluationSpec.split().label());
    LabelSpace labelSpace = labelSpace(store, classifier, evaluationSpec, evaluationSet);
    if (classifier instanceof Classifier.SingleModel singleModel) {
      return new EvaluationUnit(
          evaluationSet, dataset, labelSpace, Optional.of(singleModel.weights()), List.of());
    }
    Classifier.RoutedExperts model = (Classifier.RoutedExperts) classifier;
    Optional<WeightsRef> known =
        evaluationSpec.protocol() == Protocol.KNOWN_TASK
            ? model.expert(evaluationSet.task()).map(Classifier.Expert::weights)
            : Optional.empty();
    Check.argument(
        known.isPresent() || evaluationSpec.hasRouting(),
        "Cannot evaluate %s: the model has not learned it, and no routing is given",
        evaluationSet.task());
    return new EvaluationUnit(evaluationSet, dataset, labelSpace, known, model.experts());
  }

  private static LabelSpace labelSpace(
      ModelStore store,
      Classifier classifier,
      EvaluationSpec evaluationSpec,
      EvaluationSet evaluationSet) {
    List<EvaluationSet> tasks = new ArrayList<>();
    if (evaluationSpec.protocol() == Protocol.UNION_LABELS) {
      tasks.addAll(classifier.learned());
    }
    if (tasks.stream().noneMatch(task -> task.task().equals(evaluationSet.task()))) {
      tasks.add(evaluationSet);
    }
    return new LabelSpace(
        evaluationSet.task(),
        tasks.stream()
            .map(task -> task.task().equals(evaluationSet.task()) ? evaluationSet : task)
            .map(
                task ->
                    new LabelSpace.Task(
                        task.task(), dataset(store, task).classNames(), task.templates()))
            .toList());
  }

  private static DatasetRecord dataset(ModelStore store, EvaluationSet evaluationSet) {
    return store.records().dataset(evaluationSet.dataset());
  }
}
