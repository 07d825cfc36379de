package dev.braid.inference.answer;

import dev.braid.inference.WeightsRef;
import dev.braid.inference.statistics.Cosines;
import dev.braid.inference.statistics.TaskAnswer;
import dev.braid.model.record.Calibration;

/**
 * A model that answers pictures over the classes of one task of a label space.
 *
 * @param task the index of that task
 * @param isOwn whether these are the classes that the model was trained on
 */
public record AnsweringModel(WeightsRef weights, int task, boolean isOwn, Calibration calibration) {
  /**
   * The probabilities of the classes.
   *
   * @param picture the model's unit vector
   * @param classes the model's unit vector of each class
   * @param logClasses what the statistics say about the classes of the model's own task; empty if
   *     they are not asked
   */
  public double[] probabilities(float[] picture, float[][] classes, double[] logClasses) {
    double[] cosines = Cosines.of(picture, classes);
    return isOwn
        ? TaskAnswer.ofOwn(
            calibration, cosines, logClasses.length == 0 ? new double[cosines.length] : logClasses)
        : TaskAnswer.ofOthers(calibration, cosines);
  }
}
