package dev.braid.jobs.rule;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.braid.inference.Classifier.Expert;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.LabelSpace;
import dev.braid.inference.WeightsRef;
import dev.braid.inference.statistics.PlainDiscriminant;
import dev.braid.jobs.TintedTasks;
import dev.braid.jobs.dataset.DatasetRecords;
import dev.braid.jobs.encode.EncodeRequest;
import dev.braid.jobs.encode.SplitChunks;
import dev.braid.jobs.encode.StoredFeatures;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.Calibration;
import dev.braid.model.record.EnsembleWeights;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.RoutingRule;
import dev.braid.store.json.RuleJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleJobTest {
  private static final TaskId FIRST = new TaskId("first");
  private static final TaskId EARLIER = new TaskId("earlier");
  private static final TaskId FEW = new TaskId("few");
  private static final double[] TEMPERATURES = {
    0.003, 0.0038, 0.0048, 0.006, 0.0076, 0.0096, 0.012, 0.015, 0.019, 0.025, 0.031, 0.039, 0.05,
    0.063, 0.079, 0.1
  };

  @TempDir static Path folder;
  private static SparkSession session;
  private static JavaSparkContext spark;
  private static TintedTasks tasks;
  private static List<EvaluationSet> sets;
  private static List<Expert> experts;

  @BeforeAll
  static void learnThreeTasks() throws IOException {
    session = SparkSessions.open("local[2]", Map.of());
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    tasks = new TintedTasks(folder.resolve("tasks"), spark);
    // Ingest keeps a tenth of each class for validation, and at least one picture of two.
    sets =
        List.of(
            tasks.add(FIRST, List.of("a", "b", "c c"), new int[] {120, 80, 60}, 2),
            tasks.add(EARLIER, List.of("c c", "d"), new int[] {150, 100}, 2),
            tasks.add(FEW, List.of("e", "f"), new int[] {10, 1}, 2));
    experts = tasks.learn(sets);
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @ParameterizedTest
  @EnumSource
  void run_findsTheNumbersOfPlainLoops(AnswerRule answers) throws IOException {
    RoutingRule.Statistics rule = run(experts, answers, 500);

    PlainDiscriminant plain = tasks.discriminant(sets);
    List<TaskId> byName = TintedTasks.byName(sets);
    List<Double> distances = new ArrayList<>();
    for (Expert expert : experts) {
      EvaluationSet set = expert.evaluationSet();
      double[][] base = tasks.pictures(new WeightsRef.Base(), set, Split.VALIDATION);
      double[][] own = tasks.pictures(expert.weights(), set, Split.VALIDATION);
      double[][] classes = tasks.classes(expert.weights(), set);
      int[] labels = tasks.labels(set, Split.VALIDATION);
      double[][] l = new double[base.length][];
      for (int i = 0; i < base.length; i++) {
        distances.add(plain.relativeDistance(base[i]));
        l[i] = plain.classes(byName.indexOf(set.task()), base[i]);
      }
      assertThat(calibration(rule, set.task()))
          .as("%s", set.task())
          .isEqualTo(best(answers, own, classes, l, labels));
    }
    distances.sort(null);
    int atLeast = 1; // of them no larger than the threshold
    while (atLeast < 0.95 * distances.size()) {
      atLeast++;
    }
    assertThat(distances).hasSize(26 + 25 + 1);
    assertThat(rule.threshold()).isCloseTo(distances.get(atLeast - 1), within(1e-9));
    assertThat(rule.answers()).isEqualTo(answers);
    assertThat(rule.experts()).isEqualTo(3);
    assertThat(rule.sample()).isEqualTo(500);
    assertThat(calibration(rule, FEW))
        .isEqualTo(new Calibration(0.01, 1, answers == AnswerRule.FUSED ? 1 : 0));
  }

  /** The first exponents, in the documented order, within a standard error of the least loss. */
  private static Calibration best(
      AnswerRule answers, double[][] own, double[][] classes, double[][] l, int[] labels) {
    if (labels.length < 20) {
      return new Calibration(0.01, 1, answers == AnswerRule.FUSED ? 1 : 0);
    }
    double[] halves = {1, 0.5, 0};
    List<Calibration> ofExponents = new ArrayList<>();
    List<double[]> losses = new ArrayList<>();
    double ofExpert = 0;
    for (double alpha : halves) {
      for (double beta : halves) {
        boolean isExpert = alpha == 1 && beta == 0;
        if (alpha + beta == 0 || (answers == AnswerRule.EXPERT && !isExpert)) {
          continue;
        }
        double[] least = {Double.POSITIVE_INFINITY};
        double bestTemperature = 0;
        for (double temperature : TEMPERATURES) {
          double[] loss = new double[labels.length];
          for (int i = 0; i < labels.length; i++) {
            loss[i] = -Math.log(q(own[i], classes, l[i], temperature, alpha, beta)[labels[i]]);
          }
          if (DoubleStream.of(loss).sum() < DoubleStream.of(least).sum() - 1e-9) {
            least = loss;
            bestTemperature = temperature;
          }
        }
        ofExpert = isExpert ? bestTemperature : ofExpert;
        ofExponents.add(new Calibration(bestTemperature, alpha, beta));
        losses.add(least);
      }
    }
    double[] least = losses.get(0);
    for (double[] loss : losses) {
      least = DoubleStream.of(loss).sum() < DoubleStream.of(least).sum() ? loss : least;
    }
    int chosen = 0;
    while (!isWithinAStandardError(losses.get(chosen), least)) {
      chosen++;
    }
    Calibration best = ofExponents.get(chosen);
    return best.alpha() > 0 ? best : new Calibration(ofExpert, best.alpha(), best.beta());
  }

  private static boolean isWithinAStandardError(double[] losses, double[] least) {
    int n = losses.length;
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += (losses[i] - least[i]) / n;
    }
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += Math.pow(losses[i] - least[i] - mean, 2);
    }
    return mean <= Math.sqrt(squares / (n - 1) / n);
  }

  private static double[] q(
      double[] picture,
      double[][] classes,
      double[] l,
      double temperature,
      double alpha,
      double beta) {
    double[] q = new double[classes.length];
    double sum = 0;
    for (int k = 0; k < q.length; k++) {
      double cosine = 0;
      for (int d = 0; d < picture.length; d++) {
        cosine += picture[d] * classes[k][d];
      }
      // The largest cosine is 1, and e to the 333rd is a double.
      q[k] = Math.exp(alpha * cosine / temperature) * Math.pow(l[k], beta);
      sum += q[k];
    }
    for (int k = 0; k < q.length; k++) {
      q[k] /= sum;
    }
    return q;
  }

  @Test
  void run_onExpertsInAnyOrder_findsTheSameBits() {
    RoutingRule rule = run(experts, AnswerRule.FUSED, 500);
    for (List<Integer> order : List.of(List.of(2, 0, 1), List.of(1, 2, 0), List.of(2, 1, 0))) {
      RoutingRule other = run(order.stream().map(experts::get).toList(), AnswerRule.FUSED, 500);
      assertThat(other).isEqualTo(rule);
      assertThat(RuleJson.toJson(other).bytes()).isEqualTo(RuleJson.toJson(rule).bytes());
    }
  }

  @Test
  void run_encodesTrainingPicturesAndASampleForValidation_andNoTestPicture() throws IOException {
    TintedTasks fresh = new TintedTasks(folder.resolve("fresh"), spark);
    EvaluationSet set = fresh.add(FIRST, List.of("a", "b"), new int[] {150, 60}, 3);
    Expert expert = fresh.learn(List.of(set)).get(0);

    RoutingRule.Statistics rule = run(fresh, List.of(expert), AnswerRule.FUSED, 20);

    StoredFeatures stored = new StoredFeatures(fresh.store(), new DatasetRecords(fresh.store()));
    SplitChunks validation = SplitChunks.of(fresh.dataset(set), Split.VALIDATION);
    SplitChunks train = SplitChunks.of(fresh.dataset(set), Split.TRAIN);
    List<List<Integer>> rows = List.of(validation.sampled(0, 20));
    assertThat(validation.rows()).isEqualTo(15 + 6);
    assertThat(rows.get(0)).hasSize(20);
    Set<Digest> inputs = new TreeSet<>();
    inputs.add(
        stored.inputs(
            pictures(set, new WeightsRef.Base(), Split.TRAIN, List.of(train.sampled(0, 9999)))));
    inputs.add(stored.inputs(pictures(set, new WeightsRef.Base(), Split.VALIDATION, rows)));
    inputs.add(stored.inputs(pictures(set, expert.weights(), Split.VALIDATION, rows)));
    inputs.add(
        stored.inputs(
            EncodeRequest.ofClasses(
                expert.weights(), new LabelSpace.Task(FIRST, List.of("a", "b"), set.templates()))));
    assertThat(encoded(fresh)).isEqualTo(inputs);
    assertThat(rule.sample()).isEqualTo(20);

    var unused = run(fresh, List.of(expert), AnswerRule.EXPERT, 20);
    assertThat(encoded(fresh)).as("another answer rule needs nothing more").isEqualTo(inputs);
  }

  private static EncodeRequest pictures(
      EvaluationSet set, WeightsRef weights, Split split, List<List<Integer>> rows) {
    return new EncodeRequest.Pictures(weights, set.dataset(), split, rows);
  }

  private static Set<Digest> encoded(TintedTasks of) {
    Set<Digest> inputs = new TreeSet<>();
    of.store().receipts().all("encode").stream().map(Receipt::inputs).forEach(inputs::add);
    return inputs;
  }

  @Test
  void run_onOneTrainingPictureAClass_comesFromTheDistancesOfMeans() throws IOException {
    TintedTasks tiny = new TintedTasks(folder.resolve("tiny"), spark);
    EvaluationSet set = tiny.add(new TaskId("tiny"), List.of("a", "b"), new int[] {2, 1}, 1);
    EvaluationSet more = tiny.add(new TaskId("more"), List.of("c", "d"), new int[] {9, 9}, 1);
    List<Expert> both = tiny.learn(List.of(set, more));
    assertThat(tiny.dataset(set).rows().train()).isEqualTo(2); // of 5 dimensions

    // W = 0, as no picture differs from its class's mean; tr(T) / D takes the place of its ridge.
    double[][] train = tiny.pictures(new WeightsRef.Base(), set, Split.TRAIN);
    double[] picture = tiny.pictures(new WeightsRef.Base(), set, Split.VALIDATION)[0];
    double[] mean = new double[5];
    double[] difference = new double[5];
    double scatter = 0;
    for (int i = 0; i < 5; i++) {
      mean[i] = (train[0][i] + train[1][i]) / 2;
      difference[i] = (train[0][i] - train[1][i]) / 2;
      scatter += difference[i] * difference[i];
    }
    // T = d·dᵀ; with the ridge on its diagonal, the formula of Sherman and Morrison inverts it.
    double ridge = 0.01 * scatter / 5;
    double along = 0;
    double square = 0;
    double near = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 5; i++) {
      along += difference[i] * (picture[i] - mean[i]);
      square += (picture[i] - mean[i]) * (picture[i] - mean[i]);
    }
    for (double[] of : train) {
      double distance = 0;
      for (int i = 0; i < 5; i++) {
        distance += (picture[i] - of[i]) * (picture[i] - of[i]) / (scatter / 5);
      }
      near = Math.min(near, distance);
    }
    double toMean = (square - along * along / (ridge + scatter)) / ridge;

    RoutingRule.Statistics alone = run(tiny, both.subList(0, 1), AnswerRule.FUSED, 500);
    assertThat(alone.threshold()).isCloseTo(near - toMean, within(1e-9 * Math.abs(toMean)));
    assertThat(calibration(alone, set.task())).isEqualTo(new Calibration(0.01, 1, 1));

    RoutingRule.Statistics together = run(tiny, both, AnswerRule.FUSED, 500);
    PlainDiscriminant plain = tiny.discriminant(List.of(set, more));
    double[] distances = new double[3];
    int next = 0;
    for (EvaluationSet each : List.of(set, more)) {
      for (double[] f : tiny.pictures(new WeightsRef.Base(), each, Split.VALIDATION)) {
        distances[next++] = plain.relativeDistance(f);
      }
    }
    Arrays.sort(distances);
    assertThat(together.threshold()).isCloseTo(distances[2], within(1e-9));
  }

  @Test
  void run_onEqualFeatures_isRefusedBeforeAnythingIsCalibrated() throws IOException {
    TintedTasks black = new TintedTasks(folder.resolve("black"), spark);
    EvaluationSet set = black.addBlack(new TaskId("black"), List.of("a", "b"));
    List<Expert> learned = black.learn(List.of(set));

    assertThatThrownBy(() -> run(black, learned, AnswerRule.FUSED, 500))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid statistics: the features of all training pictures are equal");
    assertThat(encoded(black)).as("the training pictures").hasSize(1);
  }

  @Test
  void run_byPrototypes_isTheRuleOfTheSettings() {
    RoutingRule.Prototypes rule = new RoutingRule.Prototypes(2, new EnsembleWeights.Similarity());
    assertThat(
            new RuleJob(spark, tasks.location()).run(experts, new RoutingSettings.Prototypes(rule)))
        .isEqualTo(rule);
  }

  private static Calibration calibration(RoutingRule.Statistics rule, TaskId task) {
    return requireNonNull(rule.tasks().get(task), task.name()).calibration();
  }

  private static RoutingRule.Statistics run(List<Expert> learned, AnswerRule answers, long sample) {
    return run(tasks, learned, answers, sample);
  }

  private static RoutingRule.Statistics run(
      TintedTasks of, List<Expert> learned, AnswerRule answers, long sample) {
    return (RoutingRule.Statistics)
        new RuleJob(spark, of.location())
            .run(learned, new RoutingSettings.Statistics(answers, 3, sample));
  }
}
