package dev.braid.inference;

import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.RoutingRule;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.json.ModelParser;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is evaluated: the models that classify images, and the tasks learned so far. */
public sealed interface Classifier extends Serializable {
  /** The tasks learned so far, in version order. */
  List<EvaluationSet> learned();

  /**
   * What answers images of a known task: by prototypes, the expert of a learned task is a model
   * like any other.
   */
  default Classifier ofKnown(TaskId task) {
    return this instanceof RoutedExperts model && model.rule() instanceof RoutingRule.Prototypes
        ? model
            .expert(task)
            .<Classifier>map(known -> new SingleModel(known.weights(), List.of()))
            .orElse(model)
        : this;
  }

  /**
   * One model for all images.
   *
   * @param learned the tasks whose classes are candidates under {@code union-labels}
   */
  record SingleModel(WeightsRef weights, List<EvaluationSet> learned) implements Classifier {
    public SingleModel {
      learned = List.copyOf(learned);
    }
  }

  /**
   * One expert for each task, in addition to the base.
   *
   * @param rule which of them answer a picture, and how; a rule by statistics has all their tasks
   */
  record RoutedExperts(List<Expert> experts, RoutingRule rule) implements Classifier {
    public RoutedExperts {
      experts = List.copyOf(experts);
    }

    @Override
    public List<EvaluationSet> learned() {
      return experts.stream().map(Expert::evaluationSet).toList();
    }

    public Optional<Expert> expert(TaskId task) {
      return experts.stream()
          .filter(expert -> expert.evaluationSet().task().equals(task))
          .findFirst();
    }
  }

  /**
   * The model for one task, and the prototypes by which images are routed to it.
   *
   * @param prototypes digest of the task's prototypes
   */
  record Expert(EvaluationSet evaluationSet, WeightsRef weights, Digest prototypes)
      implements Serializable {}

  /**
   * The classifier of a version: the experts that its merged state reconstructs, or its one model
   * for all tasks.
   *
   * @param model digest of the model's record
   */
  static Classifier of(ModelStore store, Digest model) {
    ModelRecord record = store.records().model(model);
    List<Expert> experts = experts(store, record);
    return record.isOneForAll()
        ? new SingleModel(
            WeightsRef.ofAll(record), experts.stream().map(Expert::evaluationSet).toList())
        : new RoutedExperts(experts, record.rule().orElse(RoutingRule.OF_OLD_VERSIONS));
  }

  /**
   * The experts that a model's merged state reconstructs, in version order; the model without its
   * rule must be stored.
   */
  static List<Expert> experts(ModelStore store, ModelRecord model) {
    Digest merged = Digest.of(ModelParser.toJson(model.withoutRule()));
    List<Expert> experts = new ArrayList<>();
    for (Learned learned : model.tasks()) {
      TaskRecord task = store.records().task(learned.record());
      experts.add(
          new Expert(
              new EvaluationSet(task.task(), task.dataset(), task.templates()),
              new WeightsRef.Expert(merged, task.task()),
              task.prototypes()));
    }
    return experts;
  }
}
