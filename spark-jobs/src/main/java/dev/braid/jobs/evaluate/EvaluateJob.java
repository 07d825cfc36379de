package dev.braid.jobs.evaluate;

import dev.braid.inference.Classifier;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.dataset.DatasetRecords;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.stage.Provenance;
import dev.braid.model.Digest;
import dev.braid.model.figures.Score;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.RoutingRule;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import dev.braid.store.StageVersion;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.JsonObject;
import dev.braid.store.json.RuleJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Evaluates classifiers on data sets (METHODS 2.7 and 5); each evaluation runs once.
 *
 * <p>The expert of its task alone answers a picture of a known task; those that the classifier's
 * rule chooses answer any other. Only the models that answer a picture encode it, and the base,
 * which routes it.
 */
public final class EvaluateJob {
  private static final StageVersion STAGE = new StageVersion("evaluate", 5);

  private final JavaSparkContext spark;
  private final StoreLocation location;

  public EvaluateJob(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.location = location;
  }

  /**
   * Evaluates a stored model and returns the scores in the order of the sets.
   *
   * @param model digest of the model's record
   */
  public List<Score> run(
      Digest model, EvaluationSpec evaluationSpec, List<EvaluationSet> evaluationSets) {
    return run(Classifier.of(StoreCache.at(location), model), evaluationSpec, evaluationSets);
  }

  /** Evaluates a single model that has learned no task and answers every picture. */
  public List<Score> alone(
      WeightsRef weights, EvaluationSpec evaluationSpec, List<EvaluationSet> evaluationSets) {
    return run(new Classifier.SingleModel(weights, List.of()), evaluationSpec, evaluationSets);
  }

  /** Evaluates a classifier and returns the scores in the order of the sets. */
  public List<Score> run(
      Classifier classifier, EvaluationSpec evaluationSpec, List<EvaluationSet> evaluationSets) {
    ModelStore store = StoreCache.at(location);
    Provenance provenance = Provenance.start(spark);
    Memo memo = new Memo(store, STAGE.name());
    EvaluationUnits units =
        new EvaluationUnits(new DatasetRecords(store), classifier, evaluationSpec);
    List<Digest> inputs = new ArrayList<>();
    Map<Digest, EvaluationUnit> open = new LinkedHashMap<>();
    Map<Digest, Receipt> receipts = new HashMap<>();
    for (EvaluationSet evaluationSet : evaluationSets) {
      EvaluationUnit evaluationUnit = units.of(evaluationSet);
      Digest key = inputs(store, evaluationSpec, evaluationUnit);
      inputs.add(key);
      memo.find(key)
          .ifPresentOrElse(
              receipt -> receipts.put(key, receipt), () -> open.put(key, evaluationUnit));
    }
    List<Score> measured =
        new EvaluationRun(spark, location, evaluationSpec).run(List.copyOf(open.values()));
    Iterator<Score> scores = measured.iterator();
    for (Digest key : open.keySet()) {
      Digest score = store.records().put(scores.next());
      receipts.put(key, memo.record(key, Map.of(Output.SCORE, score), provenance.finish()));
    }
    return inputs.stream()
        .map(key -> Objects.requireNonNull(receipts.get(key), "receipt is null"))
        .map(receipt -> read(store, receipt.output(Output.SCORE)))
        .toList();
  }

  private static Score read(ModelStore store, Digest score) {
    return store.records().score(score);
  }

  private static Digest inputs(
      ModelStore store, EvaluationSpec evaluationSpec, EvaluationUnit evaluationUnit) {
    long rows = evaluationUnit.dataset().rows().of(evaluationSpec.split());
    JsonObject inputs =
        STAGE
            .inputs()
            .with("base", store.baseDigest())
            .with("task", evaluationUnit.evaluationSet().task())
            .with("data-set", evaluationUnit.dataset().content())
            .with(
                "candidates",
                evaluationUnit.labelSpace().tasks(),
                task ->
                    new JsonObject()
                        .with("task", task.task())
                        .with("class-names", task.classNames())
                        .with("templates", task.templates()))
            .with("split", evaluationSpec.split().label())
            .with("sample", Math.min(evaluationSpec.sample(), rows));
    if (evaluationUnit.classifier() instanceof Classifier.SingleModel alone) {
      return Digest.of(inputs.with("alone", alone.weights().key()).bytes());
    }
    Classifier.RoutedExperts model = (Classifier.RoutedExperts) evaluationUnit.classifier();
    boolean isKnown =
        evaluationSpec.protocol() == Protocol.KNOWN_TASK
            && model.expert(evaluationUnit.evaluationSet().task()).isPresent();
    return Digest.of(routed(inputs, model, isKnown).bytes());
  }

  /**
   * By statistics, pictures of a learned task are answered in another way if it is known, and how
   * depends on the statistics of all tasks.
   */
  private static JsonObject routed(
      JsonObject inputs, Classifier.RoutedExperts model, boolean isKnown) {
    JsonObject routed =
        inputs.with(
            "routed",
            model.experts(),
            expert -> expert.weights().key() + " by " + expert.prototypes());
    if (model.rule() instanceof RoutingRule.Prototypes prototypes) {
      return routed
          .with("experts", prototypes.experts())
          .with("weighting", prototypes.weights().label());
    }
    return routed
        .with("rule", RuleJson.toJson(model.rule()))
        .with("known", Boolean.toString(isKnown)); // a string: digests depend on it
  }
}
