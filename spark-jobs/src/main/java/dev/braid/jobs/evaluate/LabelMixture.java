package dev.braid.jobs.evaluate;

import dev.braid.inference.LabelSpace;
import dev.braid.inference.statistics.LabelProbabilities;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Mixes what the models say about a picture into one answer (METHODS 2.8). */
final class LabelMixture {
  private final int labels;
  private final int tested;

  /* The label of every class, task by task. */
  private final List<int[]> ofTasks;

  LabelMixture(LabelSpace labelSpace) {
    int[] all = labelSpace.labels();
    this.labels = 1 + Arrays.stream(all).max().orElseThrow();
    this.tested = labelSpace.indexOfTested();
    this.ofTasks =
        IntStream.range(0, labelSpace.tasks().size())
            .mapToObj(
                task ->
                    Arrays.copyOfRange(
                        all,
                        labelSpace.offset(task),
                        labelSpace.offset(task) + labelSpace.tasks().get(task).classNames().size()))
            .toList();
  }

  /**
   * What one model says.
   *
   * @param task the index in the label space of the task over whose classes it answers
   * @param weight of the model in the mixture
   * @param probabilities of these classes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(int task, double weight, double[] probabilities) {}

  /**
   * The most probable label. Of several classes with this label, the answer is the most probable
   * one; the first one wins a tie.
   *
   * @param label the picture's class, among those of the tested set
   */
  Answer answer(int label, List<Part> parts) {
    LabelProbabilities mixture = new LabelProbabilities(labels);
    parts.forEach(
        part -> mixture.add(part.weight(), part.probabilities(), ofTasks.get(part.task())));
    int best = mixture.best();
    Part most = parts.get(0);
    int classIndex = -1;
    double highest = -1;
    for (Part part : parts) {
      int[] ofTask = ofTasks.get(part.task());
      for (int k = 0; k < ofTask.length; k++) {
        double share = part.weight() * part.probabilities()[k];
        if (ofTask[k] == best && share > highest) {
          most = part;
          classIndex = k;
          highest = share;
        }
      }
    }
    return new Answer(
        label, most.task(), classIndex, mixture.of(best), best == ofTasks.get(tested)[label]);
  }
}
