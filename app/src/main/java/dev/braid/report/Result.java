package dev.braid.report;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Score;
import java.util.List;
import java.util.Optional;

/**
 * The measurements of one strategy in one run: one order, one seed, one protocol.
 *
 * @param matrix the accuracies, with the tasks in the order of learning
 * @param routing the routing of pictures of unknown task, if the strategy has experts to choose
 *     from
 * @param answers how the last model answered, if it has probabilities
 * @param confused the classes that the last model confuses most, with pictures; may be empty
 * @param tasks further figures of the tasks; may be empty
 * @param alignments in chronological order; empty for strategies that do not align
 */
public record Result(
    Contender contender,
    Conditions conditions,
    Matrix matrix,
    Optional<RoutingTable> routing,
    Optional<AnswerFigures> answers,
    List<ConfusedPair> confused,
    List<TaskFigures> tasks,
    List<AlignmentFigures> alignments) {
  public Result {
    confused = List.copyOf(confused);
    tasks = List.copyOf(tasks);
    alignments = List.copyOf(alignments);
    tasks.stream().map(TaskFigures::task).forEach(task -> checkKnown(matrix, task));
    alignments.stream().map(AlignmentFigures::task).forEach(task -> checkKnown(matrix, task));
    routing.ifPresent(table -> table.tasks().forEach(task -> checkKnown(matrix, task)));
  }

  private static void checkKnown(Matrix matrix, TaskId task) {
    Check.argument(
        matrix.tasks().contains(task),
        "Invalid result: figures of %s, which is not a task of the matrix (%s)",
        task,
        matrix.tasks());
  }

  /** A result with accuracies only. */
  public static Result of(Contender contender, Conditions conditions, Matrix matrix) {
    return new Result(
        contender,
        conditions,
        matrix,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * This result with the routing and the answers of the last model, as far as it has them.
   *
   * @param scores of the last model, one per task of the matrix
   */
  public Result withLast(List<Score> scores) {
    Result routed = RoutingTable.of(matrix.tasks(), scores).map(this::withRouting).orElse(this);
    return AnswerFigures.of(matrix.tasks(), scores).map(routed::withAnswers).orElse(routed);
  }

  /** This result with a routing table. */
  public Result withRouting(RoutingTable table) {
    return new Result(
        contender, conditions, matrix, Optional.of(table), answers, confused, tasks, alignments);
  }

  /** This result with how the last model answered. */
  public Result withAnswers(AnswerFigures figures) {
    return new Result(
        contender, conditions, matrix, routing, Optional.of(figures), confused, tasks, alignments);
  }

  /** This result with the classes that the last model confuses most. */
  public Result withConfused(List<ConfusedPair> pairs) {
    return new Result(contender, conditions, matrix, routing, answers, pairs, tasks, alignments);
  }

  /** This result with figures of its tasks. */
  public Result withTasks(List<TaskFigures> figures) {
    return new Result(
        contender, conditions, matrix, routing, answers, confused, figures, alignments);
  }

  /** This result with the conflicts at every alignment. */
  public Result withAlignments(List<AlignmentFigures> figures) {
    return new Result(contender, conditions, matrix, routing, answers, confused, tasks, figures);
  }
}
