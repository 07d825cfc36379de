package dev.braid.driver.strategy;

import dev.braid.inference.WeightsRef;
import dev.braid.jobs.train.Training;
import dev.braid.model.Digest;
import dev.braid.model.ParameterSpace;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.TrainSettings;
import org.jspecify.annotations.Nullable;

/**
 * What a task specifies about its training; a strategy adds the start and the alignment.
 *
 * @param dataset digest of the data set's record
 * @param template the prompt with {c} for the class name
 */
public record TrainRequest(Digest dataset, String template, TrainSettings settings, Rounds rounds) {
  /**
   * The training from these weights.
   *
   * @param alignment null for none
   */
  Training training(ParameterSpace space, WeightsRef start, @Nullable Alignment alignment) {
    return new Training(
        space, dataset, template, settings, start, rounds.replicas(), rounds.steps(), alignment);
  }
}
