package dev.braid.model.figures;

/**
 * The cost of measuring a candidate.
 *
 * @param pictures forward passes of pictures: each through its task's expert, the new task's
 *     through the base too
 * @param seconds wall-clock time from the first to the last
 */
public record EvaluationCost(long pictures, double seconds) {
  /**
   * The estimated cost of the next one, with one more task of average size.
   *
   * @param tasks the number of tasks known by then, without the new one
   */
  public EvaluationCost next(int tasks) {
    // Last time the newest task counted twice: once for its expert, once for the base.
    long perTask = pictures / (tasks + 1);
    long more = pictures + perTask;
    return new EvaluationCost(more, pictures == 0 ? 0 : seconds * more / pictures);
  }
}
