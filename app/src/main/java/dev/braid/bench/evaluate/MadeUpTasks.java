package dev.braid.bench.evaluate;

import dev.braid.demo.base.DemoBase;
import dev.braid.inference.Classifier;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.ExpertChooser;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.dataset.DatasetRecords;
import dev.braid.jobs.encode.EncodeRequest;
import dev.braid.jobs.encode.StoredFeatures;
import dev.braid.model.Digest;
import dev.braid.model.NamedTensor;
import dev.braid.model.ShardCut;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.DatasetRecord.PictureFile;
import dev.braid.model.record.DatasetRecord.Rows;
import dev.braid.model.record.Features;
import dev.braid.model.record.Prototypes;
import dev.braid.model.record.RoutingRule;
import dev.braid.store.FeatureChunk;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Tasks whose pictures and classes are already encoded, with made-up vectors, by the base and by an
 * expert of each task: an evaluation of any number of them needs no forward pass.
 *
 * <p>Version v has the experts of the first v tasks. All versions share their weights, so that the
 * features of a hundred versions fit a small store.
 */
final class MadeUpTasks {
  private static final int DIMENSION = 8;
  private static final int CLASSES = 4;
  private static final int PICTURES = 16;
  private static final float NOISE_OF_PROTOTYPES = 0.1f;
  private static final float NOISE = 0.5f;
  private static final List<String> TEMPLATES = List.of("a photo of a {c}.");

  /** The offsets of the pictures of every test set. */
  static final List<List<Integer>> ROWS = List.of(IntStream.range(0, PICTURES).boxed().toList());

  private static final float LOGIT_SCALE = 4.6052f; // the factor 100
  private static final TensorSpec TENSOR = TensorSpec.of(ClipConfig.LOGIT_SCALE);

  private final Random random = new Random(1);
  private final ModelStore store;
  private final StoredFeatures stored;
  private final List<Task> tasks = new ArrayList<>();

  /** One task, with the vector of all its pictures for the base and its stored features. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Task(
      Classifier.Expert expert,
      Prototypes prototypes,
      float[] centre,
      Features ofBase,
      Features ofExperts,
      Features classes) {
    EvaluationSet set() {
      return expert.evaluationSet();
    }
  }

  private MadeUpTasks(ModelStore store) {
    this.store = store;
    this.stored = new StoredFeatures(store, new DatasetRecords(store));
  }

  /**
   * Creates a store with the tasks.
   *
   * @param experts the number of experts that answer a picture, in addition to the base
   */
  static MadeUpTasks create(StoreLocation location, int count, int experts) throws IOException {
    MadeUpTasks made =
        new MadeUpTasks(
            ModelStore.create(
                location, new Base(), DemoBase.files(), new ShardCut(64, 64), Map.of()));
    for (int number = 0; number < count; number++) {
      made.tasks.add(made.task(number));
    }
    made.recordClasses();
    made.recordPictures(experts);
    return made;
  }

  /** The test sets of all tasks. */
  List<EvaluationSet> sets() {
    return tasks.stream().map(Task::set).toList();
  }

  /** The digests of the tasks' prototypes. */
  List<Digest> prototypes() {
    return tasks.stream().map(task -> task.expert().prototypes()).toList();
  }

  /** The version that has learned the first tasks and answers by this rule. */
  Classifier version(int learned, RoutingRule rule) {
    return new Classifier.RoutedExperts(
        tasks.subList(0, learned).stream().map(Task::expert).toList(), rule);
  }

  private Task task(int number) {
    TaskId task = new TaskId("task-" + number);
    List<String> names =
        IntStream.range(0, CLASSES).mapToObj(k -> "class %s of %s".formatted(k, task)).toList();
    DatasetRecord dataset =
        new DatasetRecord(
            Digest.of("pictures of " + task),
            names,
            new Rows(1, 0, PICTURES),
            PICTURES + 1,
            List.of(new PictureFile(Digest.of("file of " + task), 1)));
    float[] centre = unit(new float[DIMENSION], 1);
    float[][] classes = around(centre, CLASSES, NOISE);
    int[] labels = IntStream.range(0, PICTURES).map(picture -> picture % CLASSES).toArray();
    float[][] pictures = new float[PICTURES][];
    float[][] same = new float[PICTURES][]; // one vector: all pictures of a set take one route
    for (int picture = 0; picture < PICTURES; picture++) {
      pictures[picture] = unit(classes[labels[picture]], NOISE);
      same[picture] = centre;
    }
    Prototypes prototypes =
        new Prototypes(task, names, DIMENSION, flat(around(centre, CLASSES, NOISE_OF_PROTOTYPES)));
    EvaluationSet set = new EvaluationSet(task, store.records().put(dataset), TEMPLATES);
    return new Task(
        new Classifier.Expert(
            set,
            new WeightsRef.Expert(Digest.of("made-up"), task),
            store.records().put(prototypes)),
        prototypes,
        centre,
        features(new FeatureChunk(labels, same)),
        features(new FeatureChunk(labels, pictures)),
        features(new FeatureChunk(IntStream.range(0, CLASSES).toArray(), classes)));
  }

  private Features features(FeatureChunk chunk) {
    return new Features(DIMENSION, List.of(chunk.store(store.objects())));
  }

  /** The classes of every task, encoded by the base and by every expert. */
  private void recordClasses() {
    List<WeightsRef> models = new ArrayList<>(List.of(new WeightsRef.Base()));
    tasks.forEach(task -> models.add(task.expert().weights()));
    for (Task task : tasks) {
      List<String> names = task.prototypes().classNames();
      models.forEach(
          weights ->
              record(new EncodeRequest.ClassNames(weights, names, TEMPLATES), task.classes()));
    }
  }

  /** The pictures of every task, encoded by the base and by the experts that some version asks. */
  private void recordPictures(int experts) {
    for (Task task : tasks) {
      record(pictures(task, new WeightsRef.Base()), task.ofBase());
      IntStream.rangeClosed(1, tasks.size())
          .flatMap(
              learned ->
                  IntStream.of(
                      new ExpertChooser(
                              tasks.subList(0, learned).stream().map(Task::prototypes).toList(),
                              experts)
                          .choose(task.centre())
                          .tasks()))
          .distinct()
          .forEach(
              expert ->
                  record(pictures(task, tasks.get(expert).expert().weights()), task.ofExperts()));
    }
  }

  private static EncodeRequest pictures(Task task, WeightsRef weights) {
    return new EncodeRequest.Pictures(weights, task.set().dataset(), Split.TEST, ROWS);
  }

  private void record(EncodeRequest request, Features features) {
    var unused = stored.record(stored.inputs(request), features, new TreeMap<>());
  }

  private float[][] around(float[] centre, int count, float noise) {
    float[][] vectors = new float[count][];
    for (int i = 0; i < count; i++) {
      vectors[i] = unit(centre, noise);
    }
    return vectors;
  }

  private static float[] flat(float[][] vectors) {
    float[] all = new float[vectors.length * DIMENSION];
    for (int i = 0; i < vectors.length; i++) {
      System.arraycopy(vectors[i], 0, all, i * DIMENSION, DIMENSION);
    }
    return all;
  }

  /** A unit vector near another. */
  private float[] unit(float[] centre, float noise) {
    float[] vector = new float[DIMENSION];
    double square = 0;
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = centre[i] + noise * (float) random.nextGaussian();
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return vector;
  }

  /** A base that is never loaded: it has only what evaluations read. */
  private record Base() implements Weights {
    @Override
    public List<TensorSpec> tensors() {
      return List.of(TENSOR);
    }

    @Override
    public void forEach(Reader reader) throws IOException {
      reader.accept(new NamedTensor(TENSOR, new float[] {LOGIT_SCALE}));
    }
  }
}
