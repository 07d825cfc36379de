package dev.braid.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.braid.inference.Classifier;
import dev.braid.inference.Classifier.Expert;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.LabelSpace;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.TintedTasks;
import dev.braid.jobs.dataset.DatasetRecords;
import dev.braid.jobs.encode.EncodeRequest;
import dev.braid.jobs.encode.SplitChunks;
import dev.braid.jobs.encode.StatisticsJob;
import dev.braid.jobs.encode.StoredFeatures;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.evaluate.PlainAnswers.Plain;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.figures.CalibrationError.Bin;
import dev.braid.model.figures.Confusion;
import dev.braid.model.figures.CorrectAnswers;
import dev.braid.model.figures.Score;
import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.Calibration;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.RoutingRule;
import dev.braid.model.record.RoutingRule.OfTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three learned tasks and an unlearned one; plain loops check every figure of a score. */
class EvaluateByStatisticsTest {
  private static final List<Calibration> CALIBRATIONS =
      List.of(
          new Calibration(0.05, 1, 0.5), new Calibration(0.03, 0, 1), new Calibration(0.02, 1, 0));

  @TempDir static Path folder;
  private static SparkSession session;
  private static JavaSparkContext spark;
  private static TintedTasks tasks;
  private static List<Expert> experts;

  /** Three that are learned, in this order; an unlearned one; its pictures under a learned name. */
  private static final List<EvaluationSet> SETS = new ArrayList<>();

  private static final SortedMap<TaskId, OfTask> OF_TASKS = new TreeMap<>();
  private static double threshold;

  @BeforeAll
  static void learnThreeTasks() throws IOException {
    session = SparkSessions.open("local[2]", Map.of());
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    tasks = new TintedTasks(folder, spark);
    // With 270 test pictures, the first set has two chunks.
    SETS.add(tasks.add(new TaskId("one"), List.of("a", "b", "c c"), new int[] {40, 20, 9}, 90));
    SETS.add(tasks.add(new TaskId("another"), List.of("C_c", "d"), new int[] {25, 25}, 20));
    SETS.add(tasks.add(new TaskId("third"), List.of("e", "f"), new int[] {30, 5}, 20));
    SETS.add(tasks.add(new TaskId("unseen"), List.of("D", "B", "E"), new int[] {4, 4, 4}, 25));
    EvaluationSet unseen = SETS.get(3);
    SETS.add(new EvaluationSet(new TaskId("one"), unseen.dataset(), unseen.templates()));
    experts = tasks.learn(SETS.subList(0, 3));
    for (int task = 0; task < 3; task++) {
      Digest statistics = new StatisticsJob(spark, tasks.location()).run(SETS.get(task).dataset());
      OF_TASKS.put(SETS.get(task).task(), new OfTask(statistics, CALIBRATIONS.get(task)));
    }
    threshold = middle(plain(Protocol.OWN_LABELS, 3, 3).distances());
  }

  /** Between the two middle values, so that no rounding decides. */
  private static double middle(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @Test
  void run_underEveryProtocol_agreesWithPlainLoops() throws IOException {
    List<Plain> all = new ArrayList<>();
    long equalNames = 0;
    for (int most = 1; most <= 3; most++) {
      for (Protocol protocol : Protocol.values()) {
        List<Score> scores = run(EvaluationSpec.of(protocol, Split.TEST), most, SETS);
        for (int set = 0; set < SETS.size(); set++) {
          List<Plain> plain = plain(protocol, most, set).answers(rows(set));
          assertThat(scores.get(set))
              .as("%s, %s, %s", protocol, most, set)
              .satisfies(is(set, plain, protocol));
          all.addAll(plain);
          TaskId tested = SETS.get(set).task();
          equalNames +=
              plain.stream()
                  .filter(each -> each.isCorrect() && !each.task().equals(tested))
                  .count();
        }
      }
    }
    assertThat(all.stream().mapToInt(each -> each.experts().size()).distinct().sorted())
        .as("to the base, or to as many experts")
        .containsExactly(0, 1, 2, 3);
    assertThat(all.stream().mapToInt(Plain::left).max()).as("too improbable").hasValue(2);
    assertThat(all.stream().filter(each -> each.isOfNoTask() && !each.experts().isEmpty()))
        .as("unlike every task, and of a learned one")
        .isNotEmpty();
    assertThat(equalNames).as("the same name in another task").isPositive();
  }

  @Test
  void run_encodesOnlyWhatItsModelsAnswer() throws IOException {
    int sample = 60;
    EvaluationSet one = SETS.get(0);
    SplitChunks chunks = SplitChunks.of(tasks.dataset(one), Split.TEST);
    List<List<Integer>> sampled =
        chunks.numbers().stream().map(chunk -> chunks.sampled(chunk, sample)).toList();
    List<Integer> numbers = new ArrayList<>();
    for (int chunk = 0; chunk < sampled.size(); chunk++) {
      for (int offset : sampled.get(chunk)) {
        numbers.add(256 * chunk + offset);
      }
    }
    List<Plain> plain = plain(Protocol.UNION_LABELS, 3, 0).answers(numbers);
    Set<EncodeRequest> expected = new HashSet<>();
    expected.add(pictures(new WeightsRef.Base(), sampled));
    expected.add(pictures(experts.get(0).weights(), sampled)); // almost all are routed to it
    for (int expert = 1; expert < 3; expert++) {
      List<List<Integer>> routed = List.of(new ArrayList<>(), new ArrayList<>());
      for (int i = 0; i < numbers.size(); i++) {
        if (plain.get(i).experts().contains(expert)) {
          routed.get(numbers.get(i) / 256).add(numbers.get(i) % 256);
        }
      }
      expected.add(pictures(experts.get(expert).weights(), routed));
      assertThat(routed.stream().mapToInt(List::size).sum()).isBetween(1, sample - 1);
    }
    for (Expert expert : experts) { // each its own classes only
      expected.add(classes(expert));
    }
    Set<Digest> before = encoded();
    StoredFeatures stored = new StoredFeatures(tasks.store(), new DatasetRecords(tasks.store()));
    Set<Digest> inputs = expected.stream().map(stored::inputs).collect(Collectors.toSet());

    var unused =
        run(EvaluationSpec.of(Protocol.UNION_LABELS, Split.TEST).sampling(sample), 3, List.of(one));

    Set<Digest> added = encoded();
    added.removeAll(before);
    inputs.removeAll(before);
    assertThat(added).isEqualTo(inputs);
  }

  @Test
  void run_onAKnownTask_asksTheBaseOnlyForStatisticsThatCount() {
    EvaluationSpec spec = EvaluationSpec.ofKnownTasks(Split.VALIDATION);
    var unused = run(spec, 3, SETS.subList(0, 3));

    StoredFeatures stored = new StoredFeatures(tasks.store(), new DatasetRecords(tasks.store()));
    for (int set = 0; set < 3; set++) {
      SplitChunks chunks = SplitChunks.of(tasks.dataset(SETS.get(set)), Split.VALIDATION);
      EncodeRequest request =
          new EncodeRequest.Pictures(
              new WeightsRef.Base(),
              SETS.get(set).dataset(),
              Split.VALIDATION,
              List.of(chunks.sampled(0, EvaluationSpec.ALL)));
      assertThat(stored.find(request).isPresent()).isEqualTo(CALIBRATIONS.get(set).beta() > 0);
    }
  }

  private static Set<Digest> encoded() {
    return tasks.store().receipts().all("encode").stream()
        .map(Receipt::inputs)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static EncodeRequest pictures(WeightsRef weights, List<List<Integer>> rows) {
    return new EncodeRequest.Pictures(weights, SETS.get(0).dataset(), Split.TEST, rows);
  }

  private static EncodeRequest classes(Expert expert) {
    EvaluationSet set = expert.evaluationSet();
    return EncodeRequest.ofClasses(
        expert.weights(),
        new LabelSpace.Task(set.task(), tasks.dataset(set).classNames(), set.templates()));
  }

  private static RoutingRule.Statistics rule(int most) {
    return new RoutingRule.Statistics(AnswerRule.FUSED, most, 500, threshold, OF_TASKS);
  }

  private static List<Score> run(EvaluationSpec spec, int most, List<EvaluationSet> sets) {
    return new EvaluateJob(spark, tasks.location())
        .run(new Classifier.RoutedExperts(experts, rule(most)), spec, sets);
  }

  private static PlainAnswers plain(Protocol protocol, int most, int set) throws IOException {
    return new PlainAnswers(tasks, experts, rule(most), protocol, SETS.get(set));
  }

  private static List<Integer> rows(int set) {
    return IntStream.range(0, (int) tasks.dataset(SETS.get(set)).rows().of(Split.TEST))
        .boxed()
        .toList();
  }

  private static Consumer<Score> is(int set, List<Plain> plain, Protocol protocol) {
    EvaluationSet tested = SETS.get(set);
    boolean isKnown = protocol == Protocol.KNOWN_TASK && set != 3;
    boolean[] correct = new boolean[plain.size()];
    SortedMap<TaskId, Long> nearest = new TreeMap<>();
    SortedMap<TaskId, Long> answered = new TreeMap<>();
    long ofNoTask = 0;
    long[] pictures = new long[15];
    long[] right = new long[15];
    double[] confidence = new double[15];
    for (int i = 0; i < correct.length; i++) {
      Plain answer = plain.get(i);
      correct[i] = answer.isCorrect();
      ofNoTask += answer.isOfNoTask() ? 1 : 0;
      if (!isKnown && !answer.experts().isEmpty()) {
        TaskId first = experts.get(answer.experts().get(0)).evaluationSet().task();
        nearest.merge(first, 1L, Long::sum);
      }
      answered.merge(answer.task(), 1L, Long::sum);
      int bin = 0;
      while (answer.probability() > (bin + 1) / 15.0 && bin < 14) {
        bin++;
      }
      pictures[bin]++;
      right[bin] += answer.isCorrect() ? 1 : 0;
      confidence[bin] += answer.probability();
    }
    double gap = 0;
    for (int bin = 0; bin < 15; bin++) {
      gap += Math.abs(right[bin] - confidence[bin]) / plain.size();
    }
    long flagged = ofNoTask;
    double expected = gap;
    return score -> {
      assertThat(score.answers()).isEqualTo(CorrectAnswers.of(correct));
      assertThat(score.nearest()).isEqualTo(nearest);
      assertThat(score.routed())
          .isEqualTo(isKnown ? plain.size() : nearest.getOrDefault(tested.task(), 0L));
      assertThat(score.answered()).isEqualTo(answered);
      assertThat(score.ofNoTask()).isEqualTo(flagged);
      assertThat(score.confusions()).isEqualTo(confusions(tested, plain));
      assertThat(score.confidence().bins().stream().mapToLong(Bin::pictures).toArray())
          .isEqualTo(pictures);
      assertThat(score.confidence().bins().stream().mapToLong(Bin::correct).toArray())
          .isEqualTo(right);
      assertThat(score.confidence().expected()).isCloseTo(expected, within(1e-5));
    };
  }

  private static List<Confusion> confusions(EvaluationSet tested, List<Plain> plain) {
    Map<List<Object>, Confusion> found = new LinkedHashMap<>();
    for (int row = 0; row < plain.size(); row++) {
      Plain answer = plain.get(row);
      if (!answer.isCorrect()) {
        String name = tasks.dataset(tested).classNames().get(answer.label());
        Confusion one = new Confusion(name, answer.task(), answer.answer(), 1, row);
        found.merge(
            List.of(name, answer.task(), answer.answer()),
            one,
            (old, added) ->
                new Confusion(name, old.task(), old.answer(), old.pictures() + 1, old.first()));
      }
    }
    List<Confusion> confusions = new ArrayList<>(found.values());
    confusions.sort((one, other) -> Long.compare(other.pictures(), one.pictures()));
    return confusions.subList(0, Math.min(10, confusions.size()));
  }
}
