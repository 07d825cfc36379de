package dev.braid.driver.gate;

import dev.braid.model.TaskId;
import dev.braid.model.figures.CorrectAnswers;
import dev.braid.model.figures.EvaluationCost;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateInput.Change;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.figures.PairedCounts;
import dev.braid.model.figures.Proportion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line whose figures are drawn: every validation picture has a margin, and is classified
 * correctly if its margin plus noise is above 0. Every merge changes the noise, which moves about 2
 * % of the pictures, lost and gained together, and may shift all margins of a task by a true fall.
 */
final class Nights {
  static final double MAX_DROP = 0.02;
  static final double MAX_TOTAL_DROP = 0.05;

  /**
   * How the noise of a picture changes from night to night.
   *
   * @param size its standard deviation; margins have 1
   * @param kept its correlation with the noise of the night before
   */
  record Noise(double size, double kept) {
    /** Fresh noise each night: the same few pictures near 0 change back and forth. */
    static final Noise FRESH = new Noise(0.03, 0);

    /** As large from night to night, but the changes add up, in the end to 12 % of the pictures. */
    static final Noise WANDERING = new Noise(0.5, 0.9964);

    private double next(double before, Random random) {
      return kept * before + Math.sqrt(1 - kept * kept) * size * random.nextGaussian();
    }
  }

  private final Gate gate =
      new Gate(new Gate.Rule(MAX_DROP, MAX_TOTAL_DROP, MAX_DROP, MergeHealth.Limits.NONE));
  private final Random random;
  private final Noise noise;
  private final SortedMap<TaskId, Task> known = new TreeMap<>();

  Nights(long seed, Noise noise) {
    this.random = new Random(seed);
    this.noise = noise;
  }

  /** The line after a night. */
  record Night(boolean accepted, double largestFallSinceLearned) {}

  /** A task: the margins of its pictures with their noise at the head, and its true shift. */
  private final class Task {
    private final double[] margins;
    private final Proportion learned;
    private double shift;
    private double[] noises;

    private Task(int pictures) {
      double mean = 0.7 + 1.3 * random.nextDouble(); // accuracies of 76 to 98 %
      margins = random.doubles(pictures).map(unused -> mean + random.nextGaussian()).toArray();
      noises =
          random.doubles(pictures).map(unused -> noise.size() * random.nextGaussian()).toArray();
      learned = new Proportion(head().correct(), pictures);
    }

    private CorrectAnswers head() {
      return answers(noises, shift);
    }

    private CorrectAnswers answers(double[] noises, double shift) {
      boolean[] answers = new boolean[margins.length];
      for (int i = 0; i < answers.length; i++) {
        answers[i] = margins[i] + shift + noises[i] > 0;
      }
      return CorrectAnswers.of(answers);
    }

    private double[] nextNoises() {
      return Arrays.stream(noises).map(before -> noise.next(before, random)).toArray();
    }

    /** The shift of all margins by which so many points (of 1) of the pictures are truly lost. */
    private double shiftFor(double points) {
      double[] above =
          Arrays.stream(margins)
              .map(margin -> margin + shift)
              .filter(margin -> margin > 0)
              .sorted()
              .toArray();
      int lost = (int) Math.min(above.length - 1, Math.round(points * margins.length));
      return -(above[lost] + above[Math.max(0, lost - 1)]) / 2;
    }

    private double fallSinceLearned() {
      return learned.value() - (double) head().correct() / margins.length;
    }
  }

  /** A night on which nothing truly falls. */
  Night good(int pictures) {
    return run(pictures, 0, 0);
  }

  /** A night on which one of the known tasks truly falls by so many points (of 1). */
  Night falling(int pictures, double points) {
    return run(pictures, points, 0);
  }

  /** A night whose new task is truly worse than the base by so many points (of 1). */
  Night worseThanTheBase(int pictures, double points) {
    return run(pictures, 0, points);
  }

  int size() {
    return known.size();
  }

  private Night run(int pictures, double fall, double belowBase) {
    SortedMap<TaskId, Double> shifts = new TreeMap<>();
    known.forEach((name, task) -> shifts.put(name, task.shift));
    if (fall > 0 && !known.isEmpty()) {
      List<Map.Entry<TaskId, Task>> tasks = List.copyOf(known.entrySet());
      Map.Entry<TaskId, Task> falling = tasks.get(random.nextInt(tasks.size()));
      shifts.merge(falling.getKey(), falling.getValue().shiftFor(fall), Double::sum);
    }
    Map<TaskId, double[]> noises = new TreeMap<>();
    SortedMap<TaskId, Change> changes = new TreeMap<>();
    known.forEach(
        (name, task) -> {
          double[] next = task.nextNoises();
          noises.put(name, next);
          CorrectAnswers candidate = task.answers(next, shifts.getOrDefault(name, 0.0));
          changes.put(name, new Change(Optional.of(task.learned), task.head().to(candidate)));
        });
    TaskId added = new TaskId("task-%04d".formatted(known.size()));
    Task task = new Task(pictures);
    double better = belowBase > 0 ? -task.shiftFor(belowBase) : 0;
    PairedCounts onBase = task.answers(task.nextNoises(), better).to(task.head());
    boolean accepted =
        gate.decide(
                new GateInput(
                    added,
                    2,
                    onBase,
                    changes,
                    Optional.empty(),
                    List.of(),
                    new EvaluationCost(1, 1)))
            .accepted();
    if (accepted) {
      known.forEach((name, each) -> each.shift = shifts.getOrDefault(name, 0.0));
      known.forEach((name, each) -> each.noises = noises.getOrDefault(name, each.noises));
      known.put(added, task);
    }
    return new Night(accepted, largestFall());
  }

  private double largestFall() {
    return known.values().stream().mapToDouble(Task::fallSinceLearned).max().orElse(0);
  }
}
