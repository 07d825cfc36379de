package dev.braid.bench.stream;

import dev.braid.driver.Rounds;
import dev.braid.inference.EvaluationSet;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.vlm.train.TrainSettings;
import java.util.List;

/**
 * A task of a stream, its pictures taken in.
 *
 * @param dataset digest of the data set's record
 * @param prototypes digest of its classes' vectors
 * @param full how all tensors are trained
 * @param adapters how adapters are
 */
public record StreamTask(
    TaskId task,
    List<String> classNames,
    List<String> templates,
    Digest dataset,
    Digest prototypes,
    TrainSettings full,
    TrainSettings adapters,
    Rounds rounds) {
  public StreamTask {
    classNames = List.copyOf(classNames);
    templates = List.copyOf(templates);
  }

  TrainSettings settings(TrainKind trainKind) {
    return trainKind == TrainKind.FULL ? full : adapters;
  }

  /** How the task is tested. */
  public EvaluationSet evaluationSet() {
    return new EvaluationSet(task, dataset, templates);
  }
}
