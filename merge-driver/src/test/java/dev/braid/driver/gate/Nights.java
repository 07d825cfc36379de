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
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line whose figures are drawn: every validation picture has a margin, and is classified
 * correctly if the margin is above 0. A candidate's margins differ from the head's by noise, which
 * moves about 2 % of the pictures in both directions together, and by a true fall.
 */
final class Nights {
  static final double MAX_DROP = 0.02;
  static final double MAX_TOTAL_DROP = 0.05;
  private static final double NOISE = 0.06;

  private final Gate gate =
      new Gate(new Gate.Rule(MAX_DROP, MAX_TOTAL_DROP, MergeHealth.Limits.NONE));
  private final Random random;
  private final SortedMap<TaskId, Task> known = new TreeMap<>();

  Nights(long seed) {
    this.random = new Random(seed);
  }

  /** The line after a night. */
  record Night(boolean accepted, double largestFallSinceLearned) {}

  /** A known task: the margins of its pictures, its true shift, and its answers at the head. */
  private static final class Task {
    private final double[] margins;
    private final Proportion learned;
    private double shift;
    private CorrectAnswers head;

    private Task(double[] margins, CorrectAnswers head) {
      this.margins = margins;
      this.head = head;
      this.learned = new Proportion(head.correct(), head.total());
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
    Map<TaskId, Double> shifts = new TreeMap<>();
    if (fall > 0 && !known.isEmpty()) {
      List<Map.Entry<TaskId, Task>> tasks = List.copyOf(known.entrySet());
      Map.Entry<TaskId, Task> falling = tasks.get(random.nextInt(tasks.size()));
      shifts.put(falling.getKey(), shift(falling.getValue(), fall));
    }
    Map<TaskId, CorrectAnswers> candidate = new TreeMap<>();
    SortedMap<TaskId, Change> changes = new TreeMap<>();
    known.forEach(
        (name, task) -> {
          CorrectAnswers answers =
              answers(task.margins, task.shift + shifts.getOrDefault(name, 0.0));
          candidate.put(name, answers);
          changes.put(name, new Change(task.learned, task.head.to(answers)));
        });
    TaskId added = new TaskId("task-%04d".formatted(random.nextInt(1_000_000)));
    double[] margins = margins(pictures);
    Task drawn = new Task(margins, answers(margins, 0));
    CorrectAnswers base = answers(margins, belowBase > 0 ? -shift(drawn, belowBase) : 0);
    PairedCounts onBase = base.to(drawn.head);
    boolean accepted =
        gate.decide(new GateInput(added, 2, onBase, changes, List.of(), new EvaluationCost(1, 1)))
            .accepted();
    if (accepted) {
      known.forEach(
          (name, task) -> {
            task.shift += shifts.getOrDefault(name, 0.0);
            task.head = candidate.getOrDefault(name, task.head);
          });
      known.put(added, drawn);
    }
    return new Night(accepted, largestFall());
  }

  private double largestFall() {
    return known.values().stream()
        .mapToDouble(
            task -> task.learned.value() - (double) task.head.correct() / task.head.total())
        .max()
        .orElse(0);
  }

  /** The shift of all margins by which so many points (of 1) of the pictures are truly lost. */
  private static double shift(Task task, double points) {
    double[] above =
        Arrays.stream(task.margins)
            .map(margin -> margin + task.shift)
            .filter(margin -> margin > 0)
            .sorted()
            .toArray();
    int lost = (int) Math.min(above.length - 1, Math.round(points * task.margins.length));
    return -(above[lost] + above[Math.max(0, lost - 1)]) / 2;
  }

  private double[] margins(int pictures) {
    double mean = 0.7 + 1.3 * random.nextDouble(); // accuracies of 76 to 98 %
    return random.doubles(pictures).map(unused -> mean + random.nextGaussian()).toArray();
  }

  private CorrectAnswers answers(double[] margins, double shift) {
    boolean[] answers = new boolean[margins.length];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = margins[i] + shift + NOISE * random.nextGaussian() > 0;
    }
    return CorrectAnswers.of(answers);
  }
}
