package dev.braid.jobs;

import dev.braid.jobs.dataset.DatasetReader;
import dev.braid.jobs.dataset.DatasetRecordParser;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.store.StoreLocation;
import dev.braid.store.object.ObjectStore;
import dev.braid.vlm.train.Picture;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.PairFunction;
import scala.Tuple2;

/**
 * Has models answer for pictures, adds up their answers and counts the right ones.
 *
 * <p>One unit of work is one model on some rows of one part of a set. The logits of a part's models
 * meet in one task by a shuffle, and are added in the order of the models: no driver holds them.
 */
final class Ballots {
  /** Enough tasks to even out, few enough that neighbours share a loaded model. */
  private static final int TASKS_PER_CORE = 4;

  /** Part of every score: raise the stage number of EvaluateJob with it. */
  private static final float LOGIT_SCALE = 100;

  private final JavaSparkContext spark;
  private final StoreLocation location;
  private final List<Set> sets;

  Ballots(JavaSparkContext spark, StoreLocation location, List<Set> sets) {
    this.spark = spark;
    this.location = location;
    this.sets = List.copyOf(sets);
  }

  /** A set of pictures with its candidates. */
  record Set(Question question, List<String> classNames, SplitParts parts)
      implements Serializable {}

  /**
   * One model asked for some rows of a part.
   *
   * @param set place of the set in the list
   * @param rank of the model in the order in which logits are added
   * @param features of the part under these weights, if they are stored
   * @param rows offsets in the part
   * @param counts how much this model's logits count, for each row
   */
  record Ballot(
      int set,
      int part,
      int rank,
      WeightsRef weights,
      List<Digest> features,
      List<Integer> rows,
      List<Double> counts)
      implements Serializable {
    static Ballot alone(int set, int part, WeightsRef weights, List<Integer> rows) {
      List<Double> counts = rows.stream().map(row -> 1.0).toList();
      return new Ballot(set, part, 0, weights, List.of(), rows, counts);
    }

    private long place() {
      return ((long) set << Integer.SIZE) + part;
    }
  }

  /** Logits of one model, already weighted. */
  @SuppressWarnings("ArrayRecordComponent") // moved by Spark, never compared
  private record Answers(int rank, List<Integer> rows, int[] labels, float[][] logits)
      implements Serializable {}

  /** The score of each set, in order, for each has a ballot; routing is not looked at. */
  List<Score> count(List<Ballot> ballots) {
    List<Ballot> byModel =
        ballots.stream()
            .filter(ballot -> !ballot.rows().isEmpty())
            .sorted(
                Comparator.comparing((Ballot ballot) -> ballot.weights().key())
                    .thenComparingLong(Ballot::place))
            .toList();
    SortedMap<Integer, Score> scores = new TreeMap<>();
    for (Tuple2<Long, Score> counted : counted(byModel)) {
      scores.merge((int) (counted._1() >> Integer.SIZE), counted._2(), Score::plus);
    }
    return List.copyOf(scores.values());
  }

  private List<Tuple2<Long, Score>> counted(List<Ballot> byModel) {
    if (byModel.isEmpty()) {
      return List.of();
    }
    int tasks = Math.min(byModel.size(), TASKS_PER_CORE * spark.defaultParallelism());
    return new Stage(spark, "evaluate")
        .collect(
            context ->
                context
                    .parallelize(byModel, tasks)
                    .mapToPair(new Answer(location, sets))
                    .groupByKey()
                    .mapValues(new Count())
                    .collect());
  }

  private record Answer(StoreLocation location, List<Set> sets)
      implements PairFunction<Ballot, Long, Answers> {
    @Override
    public Tuple2<Long, Answers> call(Ballot ballot) throws IOException {
      Set set = sets.get(ballot.set());
      try (LoadedClips.Lease model = LoadedClips.lease(location, ballot.weights())) {
        Features.Part part = part(ballot, set, model);
        float[][] classes = model.classWeights(set.classNames(), set.question().templates());
        float[][] logits = new float[part.vectors().length][];
        for (int i = 0; i < logits.length; i++) {
          logits[i] = logits(part.vectors()[i], classes, ballot.counts().get(i));
        }
        Answers answers = new Answers(ballot.rank(), ballot.rows(), part.labels(), logits);
        return new Tuple2<>(ballot.place(), answers);
      }
    }

    private Features.Part part(Ballot ballot, Set set, LoadedClips.Lease model) throws IOException {
      ObjectStore objects = OpenStores.at(location).objects();
      if (!ballot.features().isEmpty()) {
        return new Features(model.clip().dimension(), ballot.features())
            .part(0, objects)
            .rows(ballot.rows());
      }
      long from = set.parts().from(ballot.part());
      List<Picture> all =
          new DatasetReader(objects, DatasetRecordParser.load(set.question().dataset(), objects))
              .rows(from, set.parts().to(ballot.part()));
      List<Picture> asked = ballot.rows().stream().map(all::get).toList();
      float[][] vectors = model.clip().encodeImages(asked.stream().map(Picture::encoded).toList());
      return new Features.Part(asked.stream().mapToInt(Picture::label).toArray(), vectors);
    }

    private static float[] logits(float[] picture, float[][] classes, double count) {
      float[] logits = new float[classes.length];
      for (int k = 0; k < logits.length; k++) {
        float dot = 0;
        for (int i = 0; i < picture.length; i++) {
          dot += picture[i] * classes[k][i];
        }
        logits[k] = (float) (count * LOGIT_SCALE * dot);
      }
      return logits;
    }
  }

  private record Count() implements Function<Iterable<Answers>, Score> {
    @Override
    public Score call(Iterable<Answers> part) {
      List<Answers> models = new ArrayList<>();
      part.forEach(models::add);
      models.sort(Comparator.comparingInt(Answers::rank));
      Map<Integer, Tally> pictures = new HashMap<>();
      for (Answers model : models) {
        for (int i = 0; i < model.labels().length; i++) {
          int label = model.labels()[i];
          float[] logits = model.logits()[i];
          pictures
              .computeIfAbsent(model.rows().get(i), row -> new Tally(label, logits.length))
              .add(logits);
        }
      }
      return new Score(
          pictures.values().stream().filter(Tally::isRight).count(), 0, pictures.size());
    }
  }

  /** The logits of one picture, added up. */
  private static final class Tally {
    private final int label;
    private final double[] logits;

    Tally(int label, int classes) {
      this.label = label;
      this.logits = new double[classes];
    }

    void add(float[] more) {
      for (int k = 0; k < logits.length; k++) {
        logits[k] += more[k];
      }
    }

    /** True if the first of the largest is the label's. */
    boolean isRight() {
      int best = 0;
      for (int k = 1; k < logits.length; k++) {
        best = logits[k] > logits[best] ? k : best;
      }
      return best == label;
    }
  }
}
