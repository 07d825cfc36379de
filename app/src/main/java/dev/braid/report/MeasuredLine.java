package dev.braid.report;

import dev.braid.driver.line.EvaluationSets;
import dev.braid.driver.line.Line;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.evaluate.EvaluationSpec;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Score;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.ModelStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A line's accuracies on the test splits of all its tasks; the store keeps the evaluations. */
public final class MeasuredLine {
  private final ModelStore store;
  private final EvaluateJob job;
  private final List<ModelRecord> steps;
  private final List<EvaluationSet> evaluationSets;

  /** Measures the line at its current head. */
  public MeasuredLine(ModelStore store, Line line, EvaluateJob job) {
    this.store = store;
    this.job = job;
    this.steps = line.steps();
    ModelRecord last = model();
    Check.argument(
        !last.tasks().isEmpty(),
        "Cannot evaluate line %s: it has learned nothing yet; run 'braid run' first",
        line.id());
    this.evaluationSets = EvaluationSets.of(store, last);
  }

  /** The model after the last merge step, which knows all tasks. */
  public ModelRecord model() {
    return steps.get(steps.size() - 1);
  }

  /** The tasks in the order of learning. */
  public List<TaskId> tasks() {
    return evaluationSets.stream().map(EvaluationSet::task).toList();
  }

  /** The accuracies of the base and of every merge step. */
  public Matrix matrix(EvaluationSpec evaluationSpec) {
    return matrix(scores(evaluationSpec));
  }

  private Matrix matrix(List<List<Score>> rows) {
    return new Matrix(tasks(), rows.stream().map(MeasuredLine::accuracies).toList());
  }

  /** Where the last model routes the pictures; empty if it does not route. */
  public Optional<RoutingTable> routing(EvaluationSpec evaluationSpec) {
    List<List<Score>> rows = scores(evaluationSpec);
    return RoutingTable.of(tasks(), rows.get(rows.size() - 1));
  }

  /** The line's accuracies under a protocol, and the routing of the last model. */
  Result result(Contender contender, Conditions conditions, EvaluationSpec evaluationSpec) {
    List<List<Score>> rows = scores(evaluationSpec);
    return Result.of(contender, conditions, matrix(rows)).withLast(rows.get(rows.size() - 1));
  }

  /** How the last model answered; empty if it has no probabilities. */
  public Optional<AnswerFigures> answers(EvaluationSpec evaluationSpec) {
    List<List<Score>> rows = scores(evaluationSpec);
    return AnswerFigures.of(tasks(), rows.get(rows.size() - 1));
  }

  /** A row for the base and for every merge step, with one score per task. */
  private List<List<Score>> scores(EvaluationSpec evaluationSpec) {
    List<List<Score>> rows = new ArrayList<>();
    for (ModelRecord step : steps) {
      rows.add(job.run(store.records().put(step), evaluationSpec, evaluationSets));
    }
    return rows;
  }

  /** The accuracy of each task's expert as trained, before any merge. */
  public List<Double> individual() {
    List<Double> accuracies = new ArrayList<>();
    ModelRecord last = model();
    for (int i = 0; i < evaluationSets.size(); i++) {
      Digest delta = store.records().task(last.tasks().get(i).record()).delta();
      accuracies.addAll(
          alone(new WeightsRef.Tuned(last.space(), delta), List.of(evaluationSets.get(i))));
    }
    return accuracies;
  }

  /** The seconds of each stage that contributed to the line; see {@link StageSeconds}. */
  public SortedMap<String, Double> stageSeconds() {
    return new StageSeconds(store).of(steps);
  }

  /** The accuracies of a single model on every task's test set. */
  public List<Double> alone(WeightsRef weights) {
    return alone(weights, evaluationSets);
  }

  private List<Double> alone(WeightsRef weights, List<EvaluationSet> asked) {
    return accuracies(job.alone(weights, EvaluationSpec.ofKnownTasks(Split.TEST), asked));
  }

  private static List<Double> accuracies(List<Score> scores) {
    return scores.stream().map(Score::accuracy).toList();
  }
}
