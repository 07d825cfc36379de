package dev.braid.driver.strategy;

import dev.braid.driver.merging.Candidate;
import dev.braid.driver.merging.RefusedTaskException;
import dev.braid.driver.merging.TaskDraft;
import dev.braid.inference.Classifier;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.train.Training;
import dev.braid.model.Digest;
import dev.braid.model.ParameterSpace;
import dev.braid.model.record.ModelRecord;
import dev.braid.vlm.train.Alignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A strategy that lines learn with: each task is trained from what the head provides and then
 * merged into the head's model.
 */
public interface LineStrategy extends Strategy {
  /** When the tasks of a run may be trained. */
  enum Pace {
    /** All at the same time: they are independent of each other. */
    AT_ONCE,
    /** Each one after the previous one was merged, because it continues from there. */
    IN_TURN
  }

  /** When the tasks of a run may be trained. */
  Pace pace();

  /** What its tasks train. */
  TrainKind trainKind();

  /** The model before the first task. */
  ModelRecord emptyModel(ParameterSpace space);

  /** The weights from which a task is trained that is to be merged with this model. */
  WeightsRef start(ModelRecord head);

  /** How a training of this many steps is aligned with its start; empty if it is not. */
  Optional<Alignment> alignment(int steps);

  /**
   * The model with one more task.
   *
   * @param head the model from which the task was trained
   * @throws RefusedTaskException if the task cannot be merged
   */
  Candidate merge(MergeJobs jobs, ModelRecord head, TaskDraft task);

  /** The training of a task that is to be merged with this model. */
  default Training training(ModelRecord head, TrainRequest request) {
    return request.training(
        head.space(), start(head), alignment(request.settings().steps()).orElse(null));
  }

  /** Learns the tasks as a line does, without inbox, gate and versions. */
  @Override
  default StreamResult learn(StreamContext context) {
    List<Classifier> steps = new ArrayList<>();
    List<StreamResult.OfTask> alignments = new ArrayList<>();
    ModelRecord model = emptyModel(context.space(trainKind()));
    Optional<Digest> unified = Optional.empty();
    for (StreamTask task : context.tasks()) {
      Training training = training(model, task.trainRequest(trainKind()));
      String label =
          pace() == Pace.AT_ONCE ? task.task().name() : StreamContext.label(name(), task.task());
      Digest delta = context.train(label, training);
      context
          .conflicts(training)
          .forEach(each -> alignments.add(new StreamResult.OfTask(task.task(), each)));
      Candidate merged = merge(context.merges(), model, task.draft(training, delta));
      steps.add(context.classifier(merged));
      model = merged.record();
      unified = Optional.of(merged.model()).filter(unused -> !merged.record().isOneForAll());
    }
    return new StreamResult(steps, unified, alignments);
  }
}
