package dev.braid.model.record;

import dev.braid.model.Check;
import dev.braid.model.Copies;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import java.io.Serializable;
import java.util.SortedMap;

/**
 * How a version answers pictures: which experts run where nobody names the task, and how their
 * answers become one. It belongs to the version, so every command gives the same answers.
 */
public sealed interface RoutingRule extends Serializable {
  /** The rule of versions that were published before versions had rules. */
  RoutingRule OF_OLD_VERSIONS = new Prototypes(4, new EnsembleWeights.Mean());

  /** The largest number of experts that answer a picture. */
  int experts();

  /**
   * The nearest prototypes, and the sum of logits (METHODS 2.7).
   *
   * @param experts the number of experts that answer, in addition to the base
   */
  record Prototypes(int experts, EnsembleWeights weights) implements RoutingRule {
    public Prototypes {
      check(experts);
    }
  }

  /**
   * Linear discriminant analysis on the base's features, and mixtures of probabilities (METHODS
   * 2.8).
   *
   * @param answers how a task answers over its own classes
   * @param sample the number of validation pictures of each task from which the threshold and the
   *     calibrations were found
   * @param threshold of the relative distance, above which a picture is of no learned task
   * @param tasks what belongs to each task of the version
   */
  record Statistics(
      AnswerRule answers,
      int experts,
      long sample,
      double threshold,
      SortedMap<TaskId, OfTask> tasks)
      implements RoutingRule {
    public Statistics {
      tasks = Copies.of(tasks);
      check(experts);
      Check.argument(sample > 0, "Invalid sample of a rule: %s pictures (at least 1)", sample);
      Check.argument(Double.isFinite(threshold), "Invalid threshold: %s (finite)", threshold);
      threshold += 0.; // -0 is stored as 0
      Check.argument(!tasks.isEmpty(), "Invalid rule: no task (at least one)");
      tasks.forEach((task, own) -> check(answers, task, own.calibration()));
    }
  }

  /**
   * A task in a rule.
   *
   * @param statistics digest of the sums over its features
   */
  record OfTask(Digest statistics, Calibration calibration) implements Serializable {}

  private static void check(AnswerRule answers, TaskId task, Calibration calibration) {
    Check.argument(
        answers.admits(calibration),
        "Invalid exponents of task %s: %s and %s (1 and 0 where the expert answers alone)",
        task,
        calibration.alpha(),
        calibration.beta());
  }

  private static void check(int experts) {
    Check.argument(experts > 0, "Invalid experts for an unknown task: %s (at least 1)", experts);
  }
}
