package dev.braid.jobs;

import dev.braid.jobs.Answering.Protocol;
import dev.braid.jobs.Ballots.Ballot;
import dev.braid.jobs.dataset.DatasetRecord;
import dev.braid.jobs.dataset.DatasetRecordParser;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.ModelRecord;
import dev.braid.model.Receipt;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures a model on data sets (METHODS 2.7 and 5), each measurement once.
 *
 * <p>A picture of a known task is answered by its expert alone; any other by the base and the
 * experts that its base feature is nearest to. Only the experts that are needed run for a picture.
 */
public final class EvaluateJob {
  /** Raised whenever the same inputs give other scores than before. */
  private static final int STAGE = 2;

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
    ModelRecord record = OpenStores.at(location).records().model(model);
    return scores(
        answering,
        questions,
        question ->
            answering.protocol() == Protocol.KNOWN_TASK
                    && record.learned(question.task()).isPresent()
                ? new Answerer.One(new WeightsRef.Expert(model, question.task()))
                : new Answerer.Routed(model, record));
  }

  /** The scores of one model that answers everything alone. */
  public List<Score> alone(WeightsRef weights, Answering answering, List<Question> questions) {
    return scores(answering, questions, question -> new Answerer.One(weights));
  }

  private List<Score> scores(
      Answering answering, List<Question> questions, Answerer.Choice choice) {
    ModelStore store = OpenStores.at(location);
    Provenance provenance = Provenance.start(spark);
    Made made = new Made(store, "evaluate");
    List<Digest> inputs = new ArrayList<>();
    Map<Digest, Asked> open = new LinkedHashMap<>();
    Map<Digest, Receipt> receipts = new HashMap<>();
    for (Question question : questions) {
      Answerer answerer = choice.of(question);
      DatasetRecord dataset = DatasetRecordParser.load(question.dataset(), store.objects());
      Check.argument(
          dataset.rows().of(answering.split()) > 0,
          "Cannot evaluate %s: its %s split has no picture",
          question.task(),
          answering.split().label());
      Digest key = inputs(store, answering, question, dataset, answerer);
      inputs.add(key);
      made.find(key)
          .ifPresentOrElse(
              receipt -> receipts.put(key, receipt),
              () -> open.put(key, new Asked(question, dataset, answerer)));
    }
    measure(answering, open)
        .forEach(
            (key, score) ->
                receipts.put(
                    key,
                    made.record(
                        key,
                        Map.of(SCORE, store.objects().put(score.toJson(), JSON)),
                        provenance.finish())));
    return inputs.stream()
        .map(key -> Objects.requireNonNull(receipts.get(key), "receipt is null"))
        .map(receipt -> read(store, receipt.output(SCORE)))
        .toList();
  }

  private static Score read(ModelStore store, Digest score) {
    return Score.fromJson(store.objects().read(score, JSON), store.objects().location(score, JSON));
  }

  private static Digest inputs(
      ModelStore store,
      Answering answering,
      Question question,
      DatasetRecord dataset,
      Answerer answerer) {
    JsonObject inputs =
        new JsonObject()
            .with("stage", STAGE)
            .with("base", store.baseDigest())
            .with("task", question.task())
            .with("data-set", dataset.content())
            .with("templates", question.templates())
            .with("split", answering.split().label())
            .with("sample", Math.min(answering.sample(), dataset.rows().of(answering.split())))
            .with("answerer", answerer.key(answering));
    return Digest.of(inputs.bytes());
  }

  private Map<Digest, Score> measure(Answering answering, Map<Digest, Asked> open) {
    List<Ballots.Set> sets = new ArrayList<>();
    List<Ballot> ballots = new ArrayList<>();
    List<Long> routed = new ArrayList<>();
    for (Asked asked : open.values()) {
      SplitParts parts = SplitParts.of(asked.dataset(), answering.split());
      sets.add(new Ballots.Set(asked.question(), asked.dataset().classNames(), parts));
      routed.add(vote(asked, answering, parts, sets.size() - 1, ballots));
    }
    List<Score> counted = new Ballots(spark, location, sets).count(ballots);
    Map<Digest, Score> scores = new LinkedHashMap<>();
    for (Digest key : open.keySet()) {
      Score score = counted.get(scores.size());
      scores.put(key, new Score(score.correct(), routed.get(scores.size()), score.total()));
    }
    return scores;
  }

  /** Adds who is asked for which pictures; returns for how many the set's own task was first. */
  private long vote(
      Asked asked, Answering answering, SplitParts parts, int set, List<Ballot> ballots) {
    if (asked.answerer() instanceof Answerer.Routed routed) {
      return new Router(spark, location, answering, routed)
          .vote(asked.question(), parts, set, ballots);
    }
    WeightsRef weights = ((Answerer.One) asked.answerer()).weights();
    long known = 0;
    for (int part : parts.numbers()) {
      List<Integer> rows = parts.sampled(part, answering.sample());
      ballots.add(Ballot.alone(set, part, weights, rows));
      known += rows.size();
    }
    return known;
  }

  private record Asked(Question question, DatasetRecord dataset, Answerer answerer) {}

  /** Who answers a question. */
  sealed interface Answerer {
    /** One model for all pictures. */
    record One(WeightsRef weights) implements Answerer {}

    /** The base and the experts that suit a picture. */
    record Routed(Digest model, ModelRecord record) implements Answerer {}

    /** Decides who answers. */
    interface Choice {
      Answerer of(Question question);
    }

    /** What is the same only for the same answers. */
    default String key(Answering answering) {
      if (this instanceof One one) {
        return "alone " + one.weights().key();
      }
      return "routed %s %s %s"
          .formatted(((Routed) this).model(), answering.experts(), answering.weighting().label());
    }
  }
}
