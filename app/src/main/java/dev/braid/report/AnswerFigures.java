package dev.braid.report;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.model.figures.CalibrationError;
import dev.braid.model.figures.Confusion;
import dev.braid.model.figures.Score;
import java.util.List;
import java.util.Optional;

/**
 * How the last model answered the pictures of every task, if it answers with probabilities.
 *
 * @param tasks in the order of learning
 * @param pictures the number of pictures of each task
 * @param ofNoTask how many of them the model took for pictures of no learned task
 * @param confidence of all answers
 * @param confusions the most frequent wrong answers of each task, the most frequent first
 */
public record AnswerFigures(
    List<TaskId> tasks,
    List<Long> pictures,
    List<Long> ofNoTask,
    CalibrationError confidence,
    List<List<Confusion>> confusions) {
  public AnswerFigures {
    tasks = List.copyOf(tasks);
    pictures = List.copyOf(pictures);
    ofNoTask = List.copyOf(ofNoTask);
    confusions = confusions.stream().map(List::copyOf).toList();
    Check.argument(
        pictures.size() == tasks.size()
            && ofNoTask.size() == tasks.size()
            && confusions.size() == tasks.size(),
        "Invalid answers: figures of %s, %s and %s tasks (%s expected)",
        pictures.size(),
        ofNoTask.size(),
        confusions.size(),
        tasks.size());
  }

  /**
   * The figures in the scores of all tasks.
   *
   * @param scores one per task; without probabilities the result is empty
   */
  public static Optional<AnswerFigures> of(List<TaskId> tasks, List<Score> scores) {
    CalibrationError confidence =
        scores.stream()
            .map(Score::confidence)
            .reduce(CalibrationError.ZERO, CalibrationError::plus);
    return confidence.pictures() == 0
        ? Optional.empty()
        : Optional.of(
            new AnswerFigures(
                tasks,
                scores.stream().map(Score::total).toList(),
                scores.stream().map(Score::ofNoTask).toList(),
                confidence,
                scores.stream().map(Score::confusions).toList()));
  }

  /** The share of all pictures that were taken for pictures of no learned task. */
  public double shareOfNoTask() {
    return (double) sum(ofNoTask) / sum(pictures);
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** The share of a task's pictures that were taken for pictures of no learned task. */
  public double shareOfNoTask(int task) {
    return (double) ofNoTask.get(task) / pictures.get(task);
  }
}
