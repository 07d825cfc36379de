package dev.braid.model.figures;

/**
 * What it took to measure a candidate.
 *
 * @param pictures forward passes of pictures: each by its task's expert, the new task's by the base
 *     too
 * @param seconds from the first to the last, whatever else ran
 */
public record EvaluationCost(long pictures, double seconds) {
  /**
   * What the next one will take, with one more task of the usual number of pictures.
   *
   * @param tasks that are known by then, the new one left out
   */
  public EvaluationCost next(int tasks) {
    // Last time the newest task counted twice: asked of its expert and of the base.
    long perTask = pictures / (tasks + 1);
    long more = pictures + perTask;
    return new EvaluationCost(more, pictures == 0 ? 0 : seconds * more / pictures);
  }
}
