package dev.braid.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.braid.inference.Classifier;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.MicroModel;
import dev.braid.jobs.MicroStore;
import dev.braid.jobs.dataset.DatasetReader;
import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.encode.PrototypeJob;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.Weights;
import dev.braid.model.figures.Score;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.EnsembleWeights;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.RoutingRule;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.Encoder;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.train.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two learned tasks and an unlearned one; a plain reading of METHODS 2.7 checks every score. */
class EvaluateJobTest {
  private static final List<List<String>> CLASSES =
      List.of(List.of("a", "b", "c c"), List.of("C_c", "d"), List.of("f", "g h", "h"));

  @TempDir static Path folder;
  private static SparkSession session;
  private static JavaSparkContext spark;
  private static StoreLocation location;
  private static ModelStore store;
  private static final List<EvaluationSet> SETS = new ArrayList<>();
  private static final List<Digest> PROTOTYPES = new ArrayList<>();
  private static Digest model;

  @BeforeAll
  static void learnTwoTasks() throws IOException {
    session = SparkSessions.open("local[2]", Map.of());
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    location = MicroStore.create(folder.resolve("store"));
    store = ModelStore.open(location);
    for (int task = 0; task < CLASSES.size(); task++) {
      EvaluationSet evaluationSet =
          new EvaluationSet(
              new TaskId("task-" + task),
              ingest(task),
              List.of("a {c}", "{c} h " + "b ".repeat(task)));
      SETS.add(evaluationSet);
      PROTOTYPES.add(
          new PrototypeJob(spark, location)
              .run(evaluationSet.task(), evaluationSet.dataset(), evaluationSet.templates()));
    }
    model = new MicroModel(location).of(SETS.subList(0, 2), PROTOTYPES, CLASSES);
  }

  private static Digest ingest(int task) throws IOException {
    Path root = folder.resolve("pictures-" + task);
    for (int k = 0; k < CLASSES.get(task).size(); k++) {
      String name = CLASSES.get(task).get(k);
      long first = 100_000L * task + 10_000L * k;
      Pictures.fill(root.resolve("train").resolve(name), 4 + k, first);
      Pictures.fill(root.resolve("test").resolve(name), 12 + k, first + 5000);
    }
    return new IngestJob(spark, location)
        .run(new IngestRequest(ImageFolder.of(root.toString()), 7))
        .record();
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @Test
  void run_onKnownTasks_usesTheirExpertsAloneAndRoutesOthers() throws IOException {
    List<Score> scores =
        new EvaluateJob(spark, location)
            .run(model, EvaluationSpec.of(Protocol.KNOWN_TASK, Split.TEST), SETS);
    ModelRecord record = store.records().model(model);
    assertThat(scores.get(0))
        .satisfies(alone(0, store.weights().expert(record, SETS.get(0).task())));
    assertThat(scores.get(1))
        .satisfies(alone(1, store.weights().expert(record, SETS.get(1).task())));
    assertThat(scores.get(2)).satisfies(routed(2, 4, new EnsembleWeights.Mean(), false));
  }

  @Test
  void run_onOwnLabels_usesTheBaseAndTheNearestExperts() throws IOException {
    for (EnsembleWeights ensembleWeights :
        List.of(
            new EnsembleWeights.Mean(),
            new EnsembleWeights.Similarity(),
            new EnsembleWeights.Softmax(0.02))) {
      for (int experts = 1; experts <= 2; experts++) {
        EvaluationSpec evaluationSpec = EvaluationSpec.of(Protocol.OWN_LABELS, Split.TEST);
        List<Score> scores =
            new EvaluateJob(spark, location)
                .run(by(experts, ensembleWeights), evaluationSpec, SETS);
        for (int set = 0; set < SETS.size(); set++) {
          assertThat(scores.get(set)).satisfies(routed(set, experts, ensembleWeights, false));
        }
      }
    }
  }

  @Test
  void run_onUnionLabels_treatsEqualNamesAsOneLabel() throws IOException {
    EvaluationSpec evaluationSpec = EvaluationSpec.of(Protocol.UNION_LABELS, Split.TEST);
    List<Score> scores = new EvaluateJob(spark, location).run(model, evaluationSpec, SETS);
    for (int set = 0; set < SETS.size(); set++) {
      Score score = scores.get(set);
      assertThat(score).satisfies(routed(set, 4, new EnsembleWeights.Mean(), true));
      assertThat(score.nearest().values().stream().mapToLong(n -> n).sum())
          .isEqualTo(score.total());
      assertThat(score.answered().values().stream().mapToLong(n -> n).sum())
          .isEqualTo(score.total());
    }
  }

  @Test
  void run_withOtherWeightsOfTheSameExperts_encodesNothing() {
    EvaluateJob job = new EvaluateJob(spark, location);
    EvaluationSpec evaluationSpec = EvaluationSpec.of(Protocol.OWN_LABELS, Split.TEST);
    job.run(model, evaluationSpec, SETS);
    int jobs = jobs("encode");
    assertThat(jobs).isPositive();
    job.run(by(4, new EnsembleWeights.Softmax(0.5)), evaluationSpec, SETS);
    assertThat(jobs("encode")).isEqualTo(jobs);
  }

  /** The model's experts by another rule. */
  private static Classifier by(int experts, EnsembleWeights weights) {
    return new Classifier.RoutedExperts(
        Classifier.experts(store, store.records().model(model)),
        new RoutingRule.Prototypes(experts, weights));
  }

  @Test
  void alone_withTheBase_isZeroShot() throws IOException {
    EvaluationSpec evaluationSpec = EvaluationSpec.of(Protocol.OWN_LABELS, Split.TEST);
    List<Score> scores =
        new EvaluateJob(spark, location).alone(new WeightsRef.Base(), evaluationSpec, SETS);
    for (int set = 0; set < SETS.size(); set++) {
      assertThat(scores.get(set)).satisfies(alone(set, store.weights().base()));
    }
  }

  @Test
  void run_again_evaluatesNothing() {
    EvaluateJob job = new EvaluateJob(spark, location);
    EvaluationSpec evaluationSpec = EvaluationSpec.of(Protocol.OWN_LABELS, Split.VALIDATION);
    List<Score> scores = job.run(model, evaluationSpec, SETS);
    int jobs = jobs("evaluate");
    assertThat(jobs).isPositive();
    assertThat(job.run(model, evaluationSpec, SETS)).isEqualTo(scores);
    assertThat(jobs("evaluate")).isEqualTo(jobs);
  }

  @Test
  void run_onASample_scoresThatManyPictures() {
    EvaluationSpec evaluationSpec = EvaluationSpec.of(Protocol.OWN_LABELS, Split.TEST).sampling(10);
    assertThat(new EvaluateJob(spark, location).run(model, evaluationSpec, SETS))
        .extracting(Score::total)
        .containsExactly(10L, 10L, 10L);
  }

  @Test
  void prototypes_ofATask_areMeansOfPicturesAndPrompts() throws IOException {
    List<Picture> train = reader(0).shard(Split.TRAIN, 0, 1);
    float[] second = store.records().prototypes(PROTOTYPES.get(0)).vector(1);
    try (Encoder base = MicroStore.DEFINITION.load(Device.CPU, store.weights().base())) {
      float[][] texts = base.encodeTexts(List.of("a b", "b h"));
      float[][] pictures =
          base.encodeImages(
              train.stream().filter(p -> p.label() == 1).map(Picture::encoded).toList());
      double[] mean = new double[MicroStore.DEFINITION.dimension()];
      for (int i = 0; i < mean.length; i++) {
        for (float[] picture : pictures) {
          mean[i] += picture[i] / (2.0 * pictures.length);
        }
        mean[i] += (texts[0][i] + texts[1][i]) / 4.0;
      }
      double length = Math.sqrt(dot(mean, mean));
      for (int i = 0; i < mean.length; i++) {
        assertThat((double) second[i]).isCloseTo(mean[i] / length, within(1e-6));
      }
    }
  }

  // The oracle: one thread, one picture at a time.

  private static DatasetReader reader(int set) {
    return new DatasetReader(store.objects(), dataset(set));
  }

  private static DatasetRecord dataset(int set) {
    return store.records().dataset(SETS.get(set).dataset());
  }

  private static Consumer<Score> alone(int set, Weights weights) throws IOException {
    List<Picture> test = reader(set).shard(Split.TEST, 0, 1);
    double[][] logits = logits(List.of(set), weights, test);
    long correct =
        IntStream.range(0, test.size()).filter(i -> best(logits[i]) == test.get(i).label()).count();
    return figures(correct, test.size(), test.size());
  }

  private static Consumer<Score> routed(
      int set, int experts, EnsembleWeights ensembleWeights, boolean isUnion) throws IOException {
    ModelRecord record = store.records().model(model);
    List<Picture> test = reader(set).shard(Split.TEST, 0, 1);
    List<Integer> tasks =
        !isUnion
            ? List.of(set)
            : set < 2 ? List.of(0, 1) : List.of(0, 1, 2); // task 2 is not learned
    double[][] base = logits(tasks, store.weights().base(), test);
    List<double[][]> expertLogits = new ArrayList<>();
    for (int task = 0; task < 2; task++) {
      expertLogits.add(logits(tasks, store.weights().expert(record, SETS.get(task).task()), test));
    }
    float[][] features;
    try (Encoder clip = MicroStore.DEFINITION.load(Device.CPU, store.weights().base())) {
      features = clip.encodeImages(test.stream().map(Picture::encoded).toList());
    }
    long correct = 0;
    long own = 0;
    for (int i = 0; i < test.size(); i++) {
      double[] near = {near(0, features[i]), near(1, features[i])};
      List<Integer> order =
          IntStream.range(0, 2)
              .boxed()
              .sorted(Comparator.comparing(t -> -near[t]))
              .limit(experts)
              .toList();
      double[] sum = base[i].clone();
      double mean =
          order.stream().mapToDouble(t -> count(ensembleWeights, near, t)).average().orElseThrow();
      double baseCount = mean == 0 ? 1 : mean;
      for (int k = 0; k < sum.length; k++) {
        sum[k] *= baseCount;
        for (int t : order) {
          sum[k] += count(ensembleWeights, near, t) * expertLogits.get(t)[i][k];
        }
      }
      List<String> names = tasks.stream().flatMap(task -> CLASSES.get(task).stream()).toList();
      String right = CLASSES.get(set).get(test.get(i).label());
      correct += label(names.get(best(sum))).equals(label(right)) ? 1 : 0;
      own += order.get(0) == set ? 1 : 0;
    }
    return figures(correct, own, test.size());
  }

  /** The options of METHODS 2.7, with an explicit softmax. */
  private static double count(EnsembleWeights ensembleWeights, double[] near, int task) {
    if (ensembleWeights instanceof EnsembleWeights.Softmax softmax) {
      double max = Math.max(near[0], near[1]);
      return Math.exp(near[task] / softmax.temperature()) / Math.exp(max / softmax.temperature());
    }
    return ensembleWeights instanceof EnsembleWeights.Mean ? 1 : Math.max(0, near[task]);
  }

  private static double near(int task, float[] feature) {
    double best = -1;
    for (int k = 0; k < CLASSES.get(task).size(); k++) {
      float[] vector = store.records().prototypes(PROTOTYPES.get(task)).vector(k);
      double cosine = 0;
      for (int i = 0; i < feature.length; i++) {
        cosine += (double) feature[i] * vector[i];
      }
      best = Math.max(best, cosine);
    }
    return best;
  }

  /** The label of a class name: the same for equal names. */
  private static String label(String name) {
    return name.replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  private static Consumer<Score> figures(long correct, long routed, long total) {
    return score ->
        assertThat(List.of(score.correct(), score.routed(), score.total()))
            .containsExactly(correct, routed, total);
  }

  private static double[][] logits(List<Integer> tasks, Weights weights, List<Picture> pictures)
      throws IOException {
    try (Encoder clip = MicroStore.DEFINITION.load(Device.CPU, weights)) {
      List<float[]> classes = new ArrayList<>();
      for (int task : tasks) {
        classes.addAll(List.of(clip.classWeights(CLASSES.get(task), SETS.get(task).templates())));
      }
      double scale = Math.exp(MicroStore.weights(1).tensor(ClipConfig.LOGIT_SCALE).values()[0]);
      double[][] logits = new double[pictures.size()][classes.size()];
      for (int i = 0; i < pictures.size(); i++) {
        float[] feature = clip.encodeImages(List.of(pictures.get(i).encoded()))[0];
        for (int k = 0; k < classes.size(); k++) {
          for (int d = 0; d < feature.length; d++) {
            logits[i][k] += scale * feature[d] * classes.get(k)[d];
          }
        }
      }
      return logits;
    }
  }

  private static double dot(double[] one, double[] other) {
    return IntStream.range(0, one.length).mapToDouble(i -> one[i] * other[i]).sum();
  }

  private static int best(double[] logits) {
    return IntStream.range(0, logits.length)
        .boxed()
        .max(Comparator.comparingDouble((Integer k) -> logits[k]).thenComparing(k -> -k))
        .orElseThrow();
  }

  /** How many Spark jobs stages of this kind have run. */
  private static int jobs(String kind) {
    return spark.sc().statusTracker().getJobIdsForTag("braid-stage-" + kind).length;
  }
}
