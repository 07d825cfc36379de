package dev.braid.report;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.util.OptionalDouble;

/**
 * Figures of one task in the last model, in addition to its accuracies.
 *
 * @param classes the number of classes
 * @param trained the number of training pictures used
 * @param tested the number of test pictures evaluated
 * @param individual the accuracy of its expert before any merge, 0..1
 * @param density the share of its mask's bits that are set, 0..1
 * @param relativeError the distance of its decoupled delta from its original delta, relative to the
 *     length of the latter
 * @param cosine the cosine of the angle between both deltas, -1..1
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
    // A cosine is a quotient of rounded sums and may slightly exceed 1.
    check(task, "cosine", cosine, -1.001, 1.001);
  }

  /** The figures of a task of which only the size is known. */
  public static TaskFigures of(TaskId task, int classes, long trained, long tested) {
    OptionalDouble none = OptionalDouble.empty();
    return new TaskFigures(task, classes, trained, tested, none, none, none, none);
  }

  /** These figures with the accuracy of the expert before any merge. */
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

  /** These figures with the share of the mask's bits that are set. */
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

  /** These figures with the distance of the decoupled delta from the original one. */
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
