package dev.braid.driver.strategy;

import dev.braid.inference.Classifier;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.vlm.train.Conflicts;
import java.util.List;
import java.util.Optional;

/**
 * What a strategy learned from a stream.
 *
 * @param steps the classifier after each task, in order
 * @param model digest of the last model's record; empty unless the strategy keeps a unified delta
 * @param alignments the conflicts that the alignments of its trainings found
 */
public record StreamResult(
    List<Classifier> steps, Optional<Digest> model, List<OfTask> alignments) {
  /** The conflicts at one alignment during the training of a task. */
  public record OfTask(TaskId task, Conflicts conflicts) {}

  public StreamResult {
    steps = List.copyOf(steps);
    alignments = List.copyOf(alignments);
  }

  /** A result that consists of classifiers only. */
  static StreamResult of(List<? extends Classifier> steps) {
    return new StreamResult(List.copyOf(steps), Optional.empty(), List.of());
  }
}
