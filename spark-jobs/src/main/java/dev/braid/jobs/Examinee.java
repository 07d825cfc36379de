package dev.braid.jobs;

import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.ModelStore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is measured: who answers for pictures, and which tasks it has learned so far. */
public sealed interface Examinee extends Serializable {
  /** The tasks learned so far, in version order. */
  List<Question> learned();

  /**
   * One model that answers everything alone.
   *
   * @param learned the tasks whose classes are candidates under {@code union-labels}
   */
  record One(WeightsRef weights, List<Question> learned) implements Examinee {
    public One {
      learned = List.copyOf(learned);
    }
  }

  /** An expert a task, beside the base. */
  record Experts(List<Expert> experts) implements Examinee {
    public Experts {
      experts = List.copyOf(experts);
    }

    @Override
    public List<Question> learned() {
      return experts.stream().map(Expert::question).toList();
    }

    Optional<Expert> expert(TaskId task) {
      return experts.stream().filter(expert -> expert.question().task().equals(task)).findFirst();
    }
  }

  /**
   * Who answers for a task, and what its pictures are known by.
   *
   * @param prototypes digest of the task's prototypes
   */
  record Expert(Question question, WeightsRef weights, Digest prototypes) implements Serializable {}

  /**
   * A version: the experts that its merged state gives back, or the one model for all its tasks.
   *
   * @param model digest of the model's record
   */
  static Examinee of(ModelStore store, Digest model) {
    ModelRecord record = store.records().model(model);
    List<Expert> experts = new ArrayList<>();
    for (Learned learned : record.tasks()) {
      TaskRecord task = store.records().task(learned.record());
      experts.add(
          new Expert(
              new Question(task.task(), task.dataset(), task.templates()),
              new WeightsRef.Expert(model, task.task()),
              task.prototypes()));
    }
    Experts all = new Experts(experts);
    return record.isOneForAll() ? new One(WeightsRef.ofAll(record), all.learned()) : all;
  }
}
