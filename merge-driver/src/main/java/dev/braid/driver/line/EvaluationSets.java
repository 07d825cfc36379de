package dev.braid.driver.line;

import dev.braid.inference.EvaluationSet;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.ModelStore;
import java.util.List;

/** The test sets of a model's tasks. */
public final class EvaluationSets {
  private EvaluationSets() {}

  /** One test set per task, in version order. */
  public static List<EvaluationSet> of(ModelStore store, ModelRecord model) {
    return model.tasks().stream()
        .map(learned -> evaluationSet(store.records().task(learned.record())))
        .toList();
  }

  private static EvaluationSet evaluationSet(TaskRecord task) {
    return new EvaluationSet(task.task(), task.dataset(), task.templates());
  }
}
