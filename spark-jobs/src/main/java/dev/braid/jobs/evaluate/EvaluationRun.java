package dev.braid.jobs.evaluate;

import dev.braid.jobs.encode.EncodeJob;
import dev.braid.jobs.evaluate.SetEvaluation.Counted;
import dev.braid.jobs.evaluate.SetEvaluation.Lacking;
import dev.braid.jobs.evaluate.SetEvaluation.Result;
import dev.braid.jobs.stage.JobSubject;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.figures.Score;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates sets of pictures from stored features, and has the missing ones encoded.
 *
 * <p>The features of pictures and class names are stored, so a run with other ensemble weights
 * needs no forward pass, nor does a protocol under which the same models answer the same pictures.
 */
final class EvaluationRun {
  /*
   * One Spark task routes and counts the pictures of a set and returns its score. A set that lacks
   * features names them instead: first those of the base, which routes the pictures and answers them
   * all, then those of the experts that they are routed to. All that is missing is encoded in one
   * stage, so that a model is loaded once. With all features stored the driver handles a score per
   * set, whatever the number of pictures and experts. Classes that are missing come to it as a bit
   * for each model and task of a set.
   */
  private static final int PASSES = 3;

  private final JavaSparkContext spark;
  private final StoreLocation location;
  private final EvaluationSpec evaluationSpec;

  EvaluationRun(JavaSparkContext spark, StoreLocation location, EvaluationSpec evaluationSpec) {
    this.spark = spark;
    this.location = location;
    this.evaluationSpec = evaluationSpec;
  }

  /** The scores in the order of the sets. */
  List<Score> run(List<EvaluationUnit> sets) {
    SortedMap<Integer, Score> scores = new TreeMap<>();
    List<Integer> open = IntStream.range(0, sets.size()).boxed().toList();
    for (int pass = 1; !open.isEmpty(); pass++) {
      MissingFeatures missing = new MissingFeatures();
      List<Integer> lacking = new ArrayList<>();
      Iterator<Result> results = evaluate(open.stream().map(sets::get).toList()).iterator();
      for (int set : open) {
        Result result = results.next();
        if (result instanceof Lacking some) {
          missing.add(sets.get(set).labelSpace(), some);
          lacking.add(set);
        } else {
          scores.put(set, ((Counted) result).score());
        }
      }
      if (!lacking.isEmpty() && pass == PASSES) {
        throw new IllegalStateException(
            "Cannot evaluate %s: features that were just stored are gone; run again"
                .formatted(sets.get(lacking.get(0)).evaluationSet().task()));
      }
      var unused = new EncodeJob(spark, location).run(missing.requests());
      open = lacking;
    }
    return List.copyOf(scores.values());
  }

  private List<Result> evaluate(List<EvaluationUnit> sets) {
    return new Stage(spark, name(sets))
        .map(
            sets,
            Stage.TASKS_PER_CORE * spark.defaultParallelism(),
            new Evaluate(location, evaluationSpec));
  }

  private String name(List<EvaluationUnit> sets) {
    String what =
        sets.size() == 1 ? sets.get(0).evaluationSet().task().name() : sets.size() + " tasks";
    String split = evaluationSpec.split().label();
    return "evaluate %s%s, %s pictures".formatted(what, JobSubject.suffix(spark), split);
  }

  /** Evaluates the sets of one Spark task, which share what is read. */
  private static final class Evaluate implements Function<EvaluationUnit, Result> {
    private final StoreLocation location;
    private final EvaluationSpec evaluationSpec;
    private transient @Nullable SetEvaluation evaluation;

    private Evaluate(StoreLocation location, EvaluationSpec evaluationSpec) {
      this.location = location;
      this.evaluationSpec = evaluationSpec;
    }

    @Override
    public Result call(EvaluationUnit set) {
      if (evaluation == null) {
        evaluation = new SetEvaluation(StoreCache.at(location), evaluationSpec);
      }
      return evaluation.of(set);
    }
  }
}
