package dev.braid.bench.stream;

import dev.braid.bench.stream.StreamPlan.Order;
import dev.braid.driver.merging.Reconstruction;
import dev.braid.driver.strategy.Strategy;
import dev.braid.driver.strategy.StreamContext;
import dev.braid.driver.strategy.StreamResult;
import dev.braid.driver.strategy.StreamTask;
import dev.braid.driver.strategy.TrainKind;
import dev.braid.inference.Classifier;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.evaluate.EvaluationSpec;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.rule.RoutingSettings;
import dev.braid.jobs.rule.RuleJob;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.figures.Score;
import dev.braid.report.AlignmentFigures;
import dev.braid.report.Conditions;
import dev.braid.report.Contender;
import dev.braid.report.Matrix;
import dev.braid.report.MatrixTable;
import dev.braid.report.Result;
import dev.braid.report.TaskFigures;
import dev.braid.vlm.train.TrainingDivergedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lets every strategy of a plan learn the stream, and evaluates it.
 *
 * <p>All results are kept in the store: a plan that is executed again, or after an interruption,
 * repeats nothing.
 */
public final class StreamEvaluation {
  /** Threads that learn and evaluate; Spark provides the cores. */
  private static final int AT_ONCE = 6;

  private final StreamLab streamLab;
  private final EvaluateJob job;
  private final RuleJob rules;
  private final StreamPlan plan;
  private final ProgressListener progressListener;

  public StreamEvaluation(
      StreamLab streamLab,
      EvaluateJob job,
      RuleJob rules,
      StreamPlan plan,
      ProgressListener progressListener) {
    this.streamLab = streamLab;
    this.job = job;
    this.rules = rules;
    this.plan = plan;
    this.progressListener = progressListener;
  }

  private record Unit(Strategy strategy, Order order, long seed) {}

  /**
   * The outcome of a plan.
   *
   * @param results strategy by strategy; accuracies are missing where a strategy failed
   * @param failures one sentence per failed strategy, order and seed
   */
  public record Outcome(List<Result> results, List<String> failures) {
    public Outcome {
      results = List.copyOf(results);
      failures = List.copyOf(failures);
    }
  }

  /**
   * Evaluates all; a failed strategy, for example because its training diverges, does not stop the
   * others.
   */
  public Outcome run() {
    List<Unit> units = new ArrayList<>();
    for (Strategy strategy : plan.strategies()) {
      for (Order order : plan.orders()) {
        for (long seed : plan.seeds()) {
          units.add(new Unit(strategy, order, seed));
        }
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Outcome>> running =
          units.stream()
              .map(unit -> (Callable<Outcome>) () -> attempt(unit))
              .map(threads::submit)
              .toList();
      List<Result> results = new ArrayList<>();
      List<String> failures = new ArrayList<>();
      for (Future<Outcome> unit : running) {
        results.addAll(get(unit).results());
        failures.addAll(get(unit).failures());
      }
      return new Outcome(results, failures);
    } finally {
      threads.shutdownNow(); // after a failure the other results are not needed
    }
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a stream was measured");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Outcome attempt(Unit unit) {
    try {
      return new Outcome(measure(unit), List.of());
    } catch (TrainingDivergedException | IllegalArgumentException e) {
      String sentence =
          "%s, order %s, seed %d: %s"
              .formatted(unit.strategy().name(), unit.order().name(), unit.seed(), e.getMessage());
      progressListener.say(sentence);
      return new Outcome(missing(unit), List.of(sentence));
    }
  }

  private List<Result> missing(Unit unit) {
    List<TaskId> tasks = unit.order().tasks();
    Matrix matrix =
        new Matrix(
            tasks,
            Collections.nCopies(
                tasks.size() + 1, Collections.nCopies(tasks.size(), Matrix.MISSING)));
    return plan.protocols().stream()
        .map(protocol -> Result.of(contender(unit.strategy()), conditions(protocol, unit), matrix))
        .toList();
  }

  private List<Result> measure(Unit unit) {
    StreamContext streamContext = context(unit.order(), unit.seed());
    StreamResult learned = unit.strategy().learn(streamContext);
    List<TaskFigures> figures = figures(streamContext, learned);
    List<AlignmentFigures> alignments =
        learned.alignments().stream()
            .map(each -> AlignmentFigures.of(each.task(), each.conflicts()))
            .toList();
    List<Result> results = new ArrayList<>();
    for (Answering answering : answerings(unit.strategy(), learned.steps())) {
      for (Protocol protocol : plan.protocols()) {
        Result result = measure(streamContext, answering, protocol, unit);
        results.add(result.withTasks(figures).withAlignments(alignments));
        progressListener.say(
            "%s, order %s, seed %d, %s: Last %s"
                .formatted(
                    answering.contender().strategy(),
                    unit.order().name(),
                    unit.seed(),
                    protocol.label(),
                    MatrixTable.percent(result.matrix().last())));
      }
    }
    return results;
  }

  private Result measure(
      StreamContext streamContext, Answering answering, Protocol protocol, Unit unit) {
    EvaluationSpec evaluationSpec = EvaluationSpec.of(protocol, Split.TEST).sampling(plan.sample());
    List<List<Score>> rows = rows(streamContext, answering.steps(), evaluationSpec);
    Result result =
        Result.of(
            answering.contender(),
            conditions(protocol, unit),
            new Matrix(names(streamContext), accuracies(rows)));
    return result.withLast(rows.get(rows.size() - 1));
  }

  private static Conditions conditions(Protocol protocol, Unit unit) {
    return new Conditions(protocol.label(), unit.order().name(), unit.seed());
  }

  /** A strategy that answers by one rule. */
  private record Answering(Contender contender, List<Classifier> steps) {}

  /** A strategy with experts, once for every rule of the plan; any other strategy once. */
  private List<Answering> answerings(Strategy strategy, List<Classifier> steps) {
    if (!(steps.get(0) instanceof Classifier.RoutedExperts)) {
      return List.of(new Answering(contender(strategy), steps));
    }
    return plan.rules().stream()
        .map(
            rule ->
                new Answering(
                    contender(strategy, rule),
                    steps.stream().map(step -> answering(step, rule)).toList()))
        .toList();
  }

  private Classifier answering(Classifier step, RoutingSettings rule) {
    return rules.answering(((Classifier.RoutedExperts) step).experts(), rule);
  }

  private static Contender contender(Strategy strategy) {
    return new Contender(strategy.name(), strategy.source(), strategy.settings());
  }

  private Contender contender(Strategy strategy, RoutingSettings rule) {
    SortedMap<String, String> settings = new TreeMap<>(strategy.settings());
    settings.put("routing", rule.label());
    String name =
        plan.rules().size() == 1
            ? strategy.name()
            : "%s (%s)".formatted(strategy.name(), rule.label());
    return new Contender(name, strategy.source(), settings);
  }

  private StreamContext context(Order order, long seed) {
    return streamLab.context(order.tasks(), seed);
  }

  private List<List<Score>> rows(
      StreamContext streamContext, List<Classifier> steps, EvaluationSpec evaluationSpec) {
    List<EvaluationSet> evaluationSets = streamContext.evaluationSets(streamContext.tasks().size());
    List<List<Score>> rows = new ArrayList<>();
    rows.add(job.alone(new WeightsRef.Base(), evaluationSpec, evaluationSets));
    steps.forEach(step -> rows.add(job.run(step, evaluationSpec, evaluationSets)));
    return rows;
  }

  private static List<List<Double>> accuracies(List<List<Score>> rows) {
    return rows.stream().map(row -> row.stream().map(Score::accuracy).toList()).toList();
  }

  private static List<TaskId> names(StreamContext streamContext) {
    return streamContext.tasks().stream().map(StreamTask::task).toList();
  }

  private List<TaskFigures> figures(StreamContext streamContext, StreamResult streamResult) {
    Map<TaskId, MergeHealth.OfTask> health = new HashMap<>();
    Map<TaskId, Reconstruction> rebuilt = new HashMap<>();
    for (Digest model : streamResult.model().stream().toList()) {
      streamLab.health(model).tasks().forEach(each -> health.put(each.task(), each));
      streamLab.reconstructions(model).forEach(each -> rebuilt.put(each.task(), each));
    }
    EvaluationSpec evaluationSpec = EvaluationSpec.ofKnownTasks(Split.TEST).sampling(plan.sample());
    List<TaskFigures> figures = new ArrayList<>();
    for (StreamTask task : streamContext.tasks()) {
      TaskFigures own =
          TaskFigures.of(
              task.task(),
              task.classNames().size(),
              streamLab.rows(task).train(),
              Math.min(plan.sample(), streamLab.rows(task).test()));
      MergeHealth.OfTask kept = health.get(task.task());
      Reconstruction decoupled = rebuilt.get(task.task());
      if (kept != null) {
        own = own.withDensity(kept.density());
        Classifier expert = streamContext.one(TrainKind.FULL, streamContext.expert(task), 0);
        own =
            own.withIndividual(
                job.run(expert, evaluationSpec, List.of(task.evaluationSet())).get(0).accuracy());
      }
      if (decoupled != null) {
        own = own.withReconstruction(decoupled.whole().relative(), decoupled.whole().cosine());
      }
      figures.add(own);
    }
    return figures;
  }
}
