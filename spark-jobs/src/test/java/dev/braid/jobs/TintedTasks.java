package dev.braid.jobs;

import dev.braid.inference.Classifier;
import dev.braid.inference.Classifier.Expert;
import dev.braid.inference.EvaluationSet;
import dev.braid.inference.WeightsRef;
import dev.braid.inference.statistics.PlainDiscriminant;
import dev.braid.jobs.dataset.DatasetReader;
import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.Encoder;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.train.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A store with a merged model of tasks whose pictures differ in their colours, the more the fewer
 * rectangles cover them: for some pictures the base's features leave no doubt about the task, for
 * others they do. It also encodes pictures one split at a time, without Spark.
 */
public final class TintedTasks {
  private static final int SIZE = 16;

  private final Path folder;
  private final JavaSparkContext spark;
  private final StoreLocation location;
  private final ModelStore store;
  private final List<EvaluationSet> sets = new ArrayList<>();

  /** An empty store in the folder. */
  public TintedTasks(Path folder, JavaSparkContext spark) throws IOException {
    this.folder = folder;
    this.spark = spark;
    this.location = MicroStore.create(folder.resolve("store"));
    this.store = ModelStore.open(location);
  }

  /**
   * Ingests a task.
   *
   * @param train the number of training pictures of each class, of which ingest keeps some for
   *     validation
   */
  public EvaluationSet add(TaskId task, List<String> classNames, int[] train, int test)
      throws IOException {
    Path root = root();
    for (int k = 0; k < classNames.size(); k++) {
      float hue = (0.31f * sets.size() + 0.07f * k) % 1;
      Random random = new Random(100L * sets.size() + k);
      draw(root.resolve("train").resolve(classNames.get(k)), train[k], hue, random);
      draw(root.resolve("test").resolve(classNames.get(k)), test, hue, random);
    }
    return ingest(task, root);
  }

  /** Ingests a task of black pictures of different sizes: their features are equal. */
  public EvaluationSet addBlack(TaskId task, List<String> classNames) throws IOException {
    Path root = root();
    int side = SIZE;
    for (String name : classNames) {
      for (String split : List.of("train", "train", "train", "test")) {
        Path picture = root.resolve(split).resolve(name).resolve(side + ".png");
        Files.createDirectories(picture.getParent());
        ImageIO.write(
            new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        side++;
      }
    }
    return ingest(task, root);
  }

  private Path root() {
    return folder.resolve("pictures-" + sets.size());
  }

  private EvaluationSet ingest(TaskId task, Path root) throws IOException {
    Digest dataset =
        new IngestJob(spark, location)
            .run(new IngestRequest(ImageFolder.of(root.toString()), 7))
            .record();
    sets.add(new EvaluationSet(task, dataset, List.of("a {c}", "{c} h")));
    return sets.get(sets.size() - 1);
  }

  private static void draw(Path classFolder, int count, float hue, Random random)
      throws IOException {
    Files.createDirectories(classFolder);
    for (int number = 0; number < count; number++) {
      BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(Color.getHSBColor(hue, 0.9f, 0.6f + 0.4f * random.nextFloat()));
      graphics.fillRect(0, 0, SIZE, SIZE);
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        graphics.setColor(new Color(random.nextInt(1 << 24)));
        graphics.fillRect(random.nextInt(SIZE), random.nextInt(SIZE), SIZE / 2, SIZE / 2);
      }
      graphics.dispose();
      ImageIO.write(image, "png", classFolder.resolve("%04d.png".formatted(number)).toFile());
    }
  }

  public StoreLocation location() {
    return location;
  }

  public ModelStore store() {
    return store;
  }

  public DatasetRecord dataset(EvaluationSet set) {
    return store.records().dataset(set.dataset());
  }

  /** The experts of a random merged model that has learned these sets in this order. */
  public List<Expert> learn(List<EvaluationSet> learned) {
    Digest none = Digest.of("prototypes"); // statistics do not read them
    Digest model =
        new MicroModel(location)
            .of(
                learned,
                learned.stream().map(set -> none).toList(),
                learned.stream().map(set -> dataset(set).classNames()).toList());
    ModelRecord record = store.records().model(model);
    return Classifier.experts(store, record);
  }

  /** The class of each picture of a split. */
  public int[] labels(EvaluationSet set, Split split) throws IOException {
    return pictures(set, split).stream().mapToInt(Picture::label).toArray();
  }

  private List<Picture> pictures(EvaluationSet set, Split split) throws IOException {
    return new DatasetReader(store.objects(), dataset(set)).shard(split, 0, 1);
  }

  /** The features of each picture of a split. */
  public double[][] pictures(WeightsRef weights, EvaluationSet set, Split split)
      throws IOException {
    List<byte[]> encoded = pictures(set, split).stream().map(Picture::encoded).toList();
    try (Encoder clip = MicroStore.DEFINITION.load(Device.CPU, weights.weights(store))) {
      return wide(clip.encodeImages(encoded));
    }
  }

  /** The unit vectors of the classes of a set. */
  public double[][] classes(WeightsRef weights, EvaluationSet set) throws IOException {
    try (Encoder clip = MicroStore.DEFINITION.load(Device.CPU, weights.weights(store))) {
      return wide(clip.classWeights(dataset(set).classNames(), set.templates()));
    }
  }

  private static double[][] wide(float[][] vectors) {
    double[][] wide = new double[vectors.length][];
    for (int i = 0; i < vectors.length; i++) {
      float[] vector = vectors[i];
      wide[i] = IntStream.range(0, vector.length).mapToDouble(d -> vector[d]).toArray();
    }
    return wide;
  }

  /** The tasks of the sets, in the order of their names. */
  public static List<TaskId> byName(List<EvaluationSet> learned) {
    return learned.stream().map(EvaluationSet::task).sorted().toList();
  }

  /** The plain discriminant of the training pictures of sets. */
  public PlainDiscriminant discriminant(List<EvaluationSet> learned) throws IOException {
    List<List<List<double[]>>> tasks = new ArrayList<>();
    for (EvaluationSet set :
        learned.stream().sorted(Comparator.comparing(EvaluationSet::task)).toList()) {
      double[][] features = pictures(new WeightsRef.Base(), set, Split.TRAIN);
      int[] labels = labels(set, Split.TRAIN);
      List<List<double[]>> classes = new ArrayList<>();
      for (int k = 0; k < dataset(set).classNames().size(); k++) {
        int label = k;
        classes.add(
            IntStream.range(0, labels.length)
                .filter(i -> labels[i] == label)
                .mapToObj(i -> features[i])
                .toList());
      }
      tasks.add(classes);
    }
    return new PlainDiscriminant(MicroStore.DEFINITION.dimension(), tasks);
  }
}
