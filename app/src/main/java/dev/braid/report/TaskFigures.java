package dev.braid.report;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.util.OptionalDouble;

/**
 * What is told of one task beside its accuracies, about the last model.
 *
 * @param classes the number of its classes
 * @param trained the number of training pictures used
 * @param tested the number of test pictures answered
 * @param individual what its expert reached before any merge, 0..1
 * @param density the share of its mask's bits that are set, 0..1
 * @param relativeError the length of what its decoupled delta lacks, by that of its own delta
 * @param cosine of the angle between both deltas, -1..1
 */
public record TaskFigures(
    TaskId task,
    int classes,
    long trained,
    long tested,
    OptionalDouble individual,
    OptionalDouble density,
    OptionalDouble relativeError,
    OptionalDouble cosine) {
  public TaskFigures {
    Check.argument(classes > 0, "Invalid figures of %s: %s classes (at least 1)", task, classes);
    Check.argument(
        trained >= 0 && tested >= 0, "Invalid figures of %s: fewer than 0 pictures", task);
    check(task, "individual accuracy", individual, 0, 1);
    check(task, "mask density", density, 0, 1);
    check(task, "relative error", relativeError, 0, Double.MAX_VALUE);
    // A cosine is a quotient of rounded sums and may pass 1 by a little.
    check(task, "cosine", cosine, -1.001, 1.001);
  }

  /** Those of a task of which nothing but its size is known. */
  public static TaskFigures of(TaskId task, int classes, long trained, long tested) {
    OptionalDouble none = OptionalDouble.empty();
    return new TaskFigures(task, classes, trained, tested, none, none, none, none);
  }

  /** The same with what its expert reached before any merge. */
  public TaskFigures withIndividual(double accuracy) {
    return new TaskFigures(
        task,
        classes,
        trained,
        tested,
        OptionalDouble.of(accuracy),
        density,
        relativeError,
        cosine);
  }

  /** The same with the share of its mask's bits that are set. */
  public TaskFigures withDensity(double share) {
    return new TaskFigures(
        task,
        classes,
        trained,
        tested,
        individual,
        OptionalDouble.of(share),
        relativeError,
        cosine);
  }

  /** The same with how far its decoupled delta is from its own. */
  public TaskFigures withReconstruction(double error, double angle) {
    return new TaskFigures(
        task,
        classes,
        trained,
        tested,
        individual,
        density,
        OptionalDouble.of(error),
        OptionalDouble.of(angle));
  }

  private static void check(
      TaskId task, String name, OptionalDouble value, double least, double most) {
    value.ifPresent(
        number ->
            Check.argument(
                number >= least && number <= most,
                "Invalid figures of %s: %s %s (%s to %s)",
                task,
                name,
                number,
                least,
                most));
  }
}
