package dev.braid.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.jobs.dataset.DatasetReader;
import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.figures.CalibrationError;
import dev.braid.model.figures.Confusion;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.Records;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.Folder;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.object.ObjectStore;
import dev.braid.vlm.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds the pictures of confused classes; each picture has a red value of its own. */
class ConfusedPairsTest {
  private static final TaskId CARS = new TaskId("cars");
  private static final TaskId PETS = new TaskId("pets");

  @TempDir static Path folder;
  private static ObjectStore objects;
  private static DatasetRecord cars;
  private static List<TaskRecord> tasks;

  @BeforeAll
  static void ingest() throws IOException {
    StoreLocation location = StoreLocation.of(folder.resolve("store").toString());
    objects = new HadoopObjects(Folder.of(location.root(), Map.of()));
    try (SparkSession session = SparkSessions.open("local[1]", Map.of())) {
      IngestJob job =
          new IngestJob(JavaSparkContext.fromSparkContext(session.sparkContext()), location);
      IngestJob.Result ofCars = job.run(request("cars", "bus", "van", 0));
      cars = ofCars.dataset();
      tasks =
          List.of(
              task(CARS, List.of("bus", "van"), ofCars.record()),
              task(
                  PETS,
                  List.of("cat", "dog"),
                  job.run(request("pets", "cat", "dog", 100)).record()));
    }
  }

  @Test
  void of_aModelsConfusions_hasAPictureOfEachClass() throws IOException {
    Confusion vans = new Confusion("van", PETS, "dog", 2, 4);

    List<ConfusedPair> pairs = pairs(8, List.of(vans), List.of());

    assertThat(pairs).hasSize(1);
    ConfusedPair pair = pairs.get(0);
    assertThat(pair.task()).isEqualTo(CARS);
    assertThat(pair.confusion()).isEqualTo(vans);
    assertThat(pair.ofClass()).isEqualTo(3);
    assertThat(pair.share()).isEqualTo(2.0 / 3);
    // Test pictures of cars: three buses, then three vans. The fifth is a van.
    assertThat(red(pair.confused())).isBetween(70, 72);
    assertThat(red(pair.answered())).isBetween(150, 157);
    assertThat(bytes(pair.confused())).isNotEqualTo(encoded(4));
  }

  @Test
  void of_manyConfusions_hasTheMostFrequentOnesOfAllTasks() throws IOException {
    Confusion one = new Confusion("van", PETS, "dog", 1, 4);
    Confusion two = new Confusion("bus", CARS, "van", 2, 0);
    Confusion three = new Confusion("cat", PETS, "dog", 3, 0);
    Confusion other = new Confusion("dog", CARS, "bus", 2, 3);

    assertThat(pairs(3, List.of(two, one), List.of(three, other)))
        .extracting(ConfusedPair::confusion)
        .containsExactly(three, two, other);
  }

  @Test
  void of_aDataSetWhosePicturesAreGone_leavesItOut() throws IOException {
    DatasetRecord without =
        new DatasetRecord(
            cars.content(),
            cars.classNames(),
            cars.rows(),
            cars.rowsPerFile(),
            List.of(new DatasetRecord.PictureFile(Digest.of("gone"), 1)));
    Digest gone = new Records(objects).put(without);
    List<TaskRecord> known = List.of(task(CARS, List.of("bus", "van"), gone), tasks.get(1));
    Confusion ofCars = new Confusion("van", PETS, "dog", 2, 4);
    Confusion ofPets = new Confusion("cat", CARS, "van", 1, 0);

    List<ConfusedPair> pairs =
        new ConfusedPairs(objects, known).of(answers(List.of(ofCars), List.of(ofPets)), 8);

    assertThat(pairs).extracting(ConfusedPair::confusion).containsExactly(ofPets);
    assertThat(pairs.get(0).confused()).isPresent();
    assertThat(pairs.get(0).answered()).isEmpty();
  }

  private static List<ConfusedPair> pairs(int most, List<Confusion> ofCars, List<Confusion> ofPets)
      throws IOException {
    return new ConfusedPairs(objects, tasks).of(answers(ofCars, ofPets), most);
  }

  private static AnswerFigures answers(List<Confusion> ofCars, List<Confusion> ofPets) {
    return new AnswerFigures(
        List.of(CARS, PETS),
        List.of(6L, 6L),
        List.of(0L, 0L),
        CalibrationError.ofWrong(0.5),
        List.of(ofCars, ofPets));
  }

  private static int red(Optional<String> png) throws IOException {
    return RgbImage.decode(bytes(png)).sample(0, 0, 0);
  }

  private static byte[] bytes(Optional<String> png) {
    return Base64.getDecoder().decode(png.orElseThrow());
  }

  private static byte[] encoded(int testPicture) throws IOException {
    long row = cars.rows().start(Split.TEST) + testPicture;
    return new DatasetReader(objects, cars).rows(row, row + 1).get(0).encoded();
  }

  private static TaskRecord task(TaskId task, List<String> classNames, Digest dataset) {
    return new TaskRecord(
        task,
        classNames,
        List.of("a {c}"),
        dataset,
        Digest.of("delta"),
        new TreeMap<>(),
        List.of(),
        Digest.of("prototypes"),
        new TreeMap<>(),
        1);
  }

  /** Two classes; reds from 0 and 50 for training, from 20 and 70 for tests. */
  private static IngestRequest request(String name, String one, String other, int reds)
      throws IOException {
    Path root = folder.resolve(name);
    draw(root.resolve("train").resolve(one), reds, 8);
    draw(root.resolve("train").resolve(other), reds + 50, 8);
    draw(root.resolve("test").resolve(one), reds + 20, 3);
    draw(root.resolve("test").resolve(other), reds + 70, 3);
    return new IngestRequest(ImageFolder.of(root.toString()), 1);
  }

  private static void draw(Path folder, int firstRed, int count) throws IOException {
    Files.createDirectories(folder);
    for (int red = firstRed; red < firstRed + count; red++) {
      BufferedImage image = new BufferedImage(120, 60, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 120 * 60; i++) {
        image.setRGB(i % 120, i / 120, red << 16);
      }
      ImageIO.write(image, "png", folder.resolve(red + ".png").toFile());
    }
  }
}
