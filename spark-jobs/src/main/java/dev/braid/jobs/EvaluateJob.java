package dev.braid.jobs;

import dev.braid.jobs.Answering.Protocol;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.figures.Score;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.Receipt;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures a model on data sets (METHODS 2.7 and 5), each measurement once.
 *
 * <p>A picture of a known task is answered by its expert alone; any other by the base and the
 * experts that its base feature is nearest to. Only the experts that are needed run for a picture.
 */
public final class EvaluateJob {
  /** Raised whenever the same inputs give other scores than before. */
  private static final int STAGE = 3;

  private static final String JSON = "json";
  private static final String SCORE = "score";

  private final JavaSparkContext spark;
  private final StoreLocation location;

  public EvaluateJob(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.location = location;
  }

  /**
   * The scores of a model, in the order of the questions.
   *
   * @param model digest of the model's record
   */
  public List<Score> run(Digest model, Answering answering, List<Question> questions) {
    return run(Examinee.of(StoreCache.at(location), model), answering, questions);
  }

  /** The scores of one model that has learned nothing and answers everything alone. */
  public List<Score> alone(WeightsRef weights, Answering answering, List<Question> questions) {
    return run(new Examinee.One(weights, List.of()), answering, questions);
  }

  /** The scores of whoever answers, in the order of the questions. */
  public List<Score> run(Examinee examinee, Answering answering, List<Question> questions) {
    ModelStore store = StoreCache.at(location);
    Provenance provenance = Provenance.start(spark);
    Memo memo = new Memo(store, "evaluate");
    List<Digest> inputs = new ArrayList<>();
    Map<Digest, Asked> open = new LinkedHashMap<>();
    Map<Digest, Receipt> receipts = new HashMap<>();
    for (Question question : questions) {
      Asked asked = asked(store, examinee, answering, question);
      Digest key = inputs(store, answering, asked);
      inputs.add(key);
      memo.find(key)
          .ifPresentOrElse(receipt -> receipts.put(key, receipt), () -> open.put(key, asked));
    }
    List<Score> measured =
        new Measurement(spark, location, answering).run(List.copyOf(open.values()));
    Iterator<Score> scores = measured.iterator();
    for (Digest key : open.keySet()) {
      Digest score = store.records().put(scores.next());
      receipts.put(key, memo.record(key, Map.of(SCORE, score), provenance.finish()));
    }
    return inputs.stream()
        .map(key -> Objects.requireNonNull(receipts.get(key), "receipt is null"))
        .map(receipt -> read(store, receipt.output(SCORE)))
        .toList();
  }

  private static Score read(ModelStore store, Digest score) {
    return store.records().score(score);
  }

  /**
   * A set that is tested.
   *
   * @param alone the one model that answers for all pictures; the experts, if empty
   */
  record Asked(
      Question question,
      DatasetRecord dataset,
      Candidates candidates,
      Optional<WeightsRef> alone,
      List<Examinee.Expert> experts) {}

  private static Asked asked(
      ModelStore store, Examinee examinee, Answering answering, Question question) {
    DatasetRecord dataset = dataset(store, question);
    Check.argument(
        dataset.rows().of(answering.split()) > 0,
        "Cannot evaluate %s: its %s split has no picture",
        question.task(),
        answering.split().label());
    Candidates candidates = candidates(store, examinee, answering, question);
    if (examinee instanceof Examinee.One one) {
      return new Asked(question, dataset, candidates, Optional.of(one.weights()), List.of());
    }
    Examinee.Experts model = (Examinee.Experts) examinee;
    Optional<WeightsRef> known =
        answering.protocol() == Protocol.KNOWN_TASK
            ? model.expert(question.task()).map(Examinee.Expert::weights)
            : Optional.empty();
    return new Asked(question, dataset, candidates, known, model.experts());
  }

  private static Candidates candidates(
      ModelStore store, Examinee examinee, Answering answering, Question question) {
    List<Question> tasks = new ArrayList<>();
    if (answering.protocol() == Protocol.UNION_LABELS) {
      tasks.addAll(examinee.learned());
    }
    if (tasks.stream().noneMatch(task -> task.task().equals(question.task()))) {
      tasks.add(question);
    }
    return new Candidates(
        question.task(),
        tasks.stream()
            .map(task -> task.task().equals(question.task()) ? question : task)
            .map(
                task ->
                    new Candidates.Task(
                        task.task(), dataset(store, task).classNames(), task.templates()))
            .toList());
  }

  private static DatasetRecord dataset(ModelStore store, Question question) {
    return store.records().dataset(question.dataset());
  }

  private static Digest inputs(ModelStore store, Answering answering, Asked asked) {
    long rows = asked.dataset().rows().of(answering.split());
    JsonObject inputs =
        new JsonObject()
            .with("stage", STAGE)
            .with("base", store.baseDigest())
            .with("task", asked.question().task())
            .with("data-set", asked.dataset().content())
            .with(
                "candidates",
                asked.candidates().tasks(),
                task ->
                    new JsonObject()
                        .with("task", task.task())
                        .with("class-names", task.classNames())
                        .with("templates", task.templates()))
            .with("split", answering.split().label())
            .with("sample", Math.min(answering.sample(), rows));
    return Digest.of(
        asked
            .alone()
            .map(weights -> inputs.with("alone", weights.key()))
            .orElseGet(() -> routed(inputs, answering, asked))
            .bytes());
  }

  private static JsonObject routed(JsonObject inputs, Answering answering, Asked asked) {
    return inputs
        .with("experts", answering.experts())
        .with("weighting", answering.weighting().label())
        .with(
            "routed",
            asked.experts(),
            expert -> expert.weights().key() + " by " + expert.prototypes());
  }
}
