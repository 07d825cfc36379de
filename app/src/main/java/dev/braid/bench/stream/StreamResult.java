package dev.braid.bench.stream;

import dev.braid.inference.Classifier;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.vlm.train.Conflicts;
import java.util.List;
import java.util.Optional;

/**
 * What a strategy made of a stream.
 *
 * @param steps who answers after each task, in order
 * @param model digest of the last model's record, of a strategy that keeps a unified delta
 * @param alignments what the alignments of its trainings found
 */
public record StreamResult(
    List<Classifier> steps, Optional<Digest> model, List<OfTask> alignments) {
  /** The conflicts at one alignment of a task's training. */
  public record OfTask(TaskId task, Conflicts conflicts) {}

  public StreamResult {
    steps = List.copyOf(steps);
    alignments = List.copyOf(alignments);
  }

  /** One of which nothing but the answers is told. */
  static StreamResult of(List<? extends Classifier> steps) {
    return new StreamResult(List.copyOf(steps), Optional.empty(), List.of());
  }
}
