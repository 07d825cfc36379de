package dev.braid.inference.answer;

import dev.braid.inference.LabelSpace;
import dev.braid.inference.statistics.LabelProbabilities;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Mixes what the models say about a picture into one answer (METHODS 2.8). */
public final class LabelMixture {
  private final int labels;

  /* The label of every class, task by task. */
  private final List<int[]> ofTasks;

  public LabelMixture(LabelSpace labelSpace) {
    int[] all = labelSpace.labels();
    this.labels = 1 + Arrays.stream(all).max().orElseThrow();
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
  public record Part(int task, double weight, double[] probabilities) {}

  /**
   * A class of the label space.
   *
   * @param task the index of its task
   * @param classIndex its index in the task
   */
  public record ClassOfTask(int task, int classIndex) {}

  /** The label of a class. */
  public int label(ClassOfTask classOfTask) {
    return ofTasks.get(classOfTask.task())[classOfTask.classIndex()];
  }

  /** The mixture of what the models say about a picture. */
  public Mixed mix(List<Part> parts) {
    LabelProbabilities probabilities = new LabelProbabilities(labels);
    parts.forEach(
        part -> probabilities.add(part.weight(), part.probabilities(), ofTasks.get(part.task())));
    return new Mixed(List.copyOf(parts), probabilities);
  }

  /** The probabilities of all labels for one picture. */
  public final class Mixed {
    private final List<Part> parts;
    private final LabelProbabilities probabilities;

    private Mixed(List<Part> parts, LabelProbabilities probabilities) {
      this.parts = parts;
      this.probabilities = probabilities;
    }

    /** The most probable label; the first one wins a tie. */
    public int best() {
      return probabilities.best();
    }

    /** The most probable labels, best first, at most this number; the first one wins a tie. */
    public List<Integer> best(int count) {
      return probabilities.best(count);
    }

    /** The probability of a label. */
    public double of(int label) {
      return probabilities.of(label);
    }

    /**
     * Of several classes with this label, the most probable one; the first one wins a tie. Empty if
     * no model that answers knows the label.
     */
    public Optional<ClassOfTask> classOf(int label) {
      Optional<ClassOfTask> most = Optional.empty();
      double highest = -1;
      for (Part part : parts) {
        int[] ofTask = ofTasks.get(part.task());
        for (int k = 0; k < ofTask.length; k++) {
          double share = part.weight() * part.probabilities()[k];
          if (ofTask[k] == label && share > highest) {
            most = Optional.of(new ClassOfTask(part.task(), k));
            highest = share;
          }
        }
      }
      return most;
    }
  }
}
