package dev.braid.jobs;

import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.figures.Score;
import dev.braid.store.FeatureChunk;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.object.ObjectStore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Adds up what models say of pictures and counts the right answers.
 *
 * <p>One unit of work is one part of a set, with the stored vectors of all models that are asked;
 * their logits are added in the order of the ballots.
 */
final class Ballots {
  /** Part of every score: raise the stage number of EvaluateJob with it. */
  private static final float LOGIT_SCALE = 100;

  private final JavaSparkContext spark;
  private final StoreLocation location;

  Ballots(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.location = location;
  }

  /**
   * Some pictures of a set.
   *
   * @param dimension length of the stored vectors
   * @param ballots of all models that are asked; the first one's is for every picture
   */
  record Poll(Candidates candidates, int dimension, List<Ballot> ballots) implements Serializable {}

  /**
   * What one model says of some rows of a part.
   *
   * @param features stored vectors of the pictures, one for each of the rows
   * @param classWeights stored vectors of the classes, one object for each task of the candidates
   * @param rows offsets in the part
   * @param counts how much this model's logits count, for each row
   */
  record Ballot(Digest features, List<Digest> classWeights, List<Integer> rows, List<Double> counts)
      implements Serializable {}

  /** The scores of the polls, in order; routing is not looked at. */
  List<Score> count(List<Poll> polls) {
    return new Stage(spark, "evaluate")
        .map(polls, Stage.TASKS_PER_CORE * spark.defaultParallelism(), new Count(location));
  }

  private record Count(StoreLocation location) implements Function<Poll, Score> {
    @Override
    public Score call(Poll poll) {
      ObjectStore objects = StoreCache.at(location).objects();
      Candidates candidates = poll.candidates();
      int classes = candidates.count();
      Map<Integer, Tally> pictures = new HashMap<>();
      for (Ballot ballot : poll.ballots()) {
        FeatureChunk features = FeatureChunk.read(ballot.features(), poll.dimension(), objects);
        List<float[]> weights = new ArrayList<>(classes);
        for (Digest task : ballot.classWeights()) {
          weights.addAll(List.of(FeatureChunk.read(task, poll.dimension(), objects).vectors()));
        }
        for (int i = 0; i < features.labels().length; i++) {
          int label = features.labels()[i];
          pictures
              .computeIfAbsent(ballot.rows().get(i), row -> new Tally(label, classes))
              .add(features.vectors()[i], weights, ballot.counts().get(i));
        }
      }
      return score(candidates, pictures);
    }

    private static Score score(Candidates candidates, Map<Integer, Tally> pictures) {
      int[] labels = candidates.labels();
      SortedMap<TaskId, Long> answered = new TreeMap<>();
      long right = 0;
      for (Tally tally : pictures.values()) {
        int answer = tally.answer();
        right += labels[answer] == labels[candidates.offset() + tally.label] ? 1 : 0;
        answered.merge(candidates.taskOf(answer), 1L, Long::sum);
      }
      return new Score(right, 0, pictures.size(), new TreeMap<>(), answered);
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

    void add(float[] picture, List<float[]> classWeights, double count) {
      for (int k = 0; k < logits.length; k++) {
        float[] weights = classWeights.get(k);
        float dot = 0;
        for (int i = 0; i < picture.length; i++) {
          dot += picture[i] * weights[i];
        }
        logits[k] += (float) (count * LOGIT_SCALE * dot);
      }
    }

    /** The first of the largest: of equal names the one with the largest logit counts. */
    int answer() {
      int best = 0;
      for (int k = 1; k < logits.length; k++) {
        best = logits[k] > logits[best] ? k : best;
      }
      return best;
    }
  }
}
