package dev.braid.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.Orientation;
import dev.braid.model.Split;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.Folder;
import dev.braid.store.object.HadoopObjects;
import dev.braid.vlm.TurnedPng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that are added to a stored data set of cats and dogs. */
class ExtensionTest {
  private static SparkSession session;

  @TempDir Path folder;

  private IngestJob.Result old;

  @BeforeAll
  static void openSession() {
    session = SparkSessions.open("local[2]", Map.of());
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @BeforeEach
  void ingestCatsAndDogs() throws IOException {
    old = job().run(new IngestRequest(source(Pictures.catsAndDogs(folder.resolve("old"))), 7));
  }

  @Test
  void run_keepsOldPicturesInTheirSplitsAndCutsTheNewOnes() throws IOException {
    Path more = folder.resolve("more");
    Pictures.fill(more.resolve("cat"), 20, 5000);

    IngestJob.Result both = job().run(extending(more));

    // Of 20 new cats, 4 are for the test and 1 of the other 16 for validation.
    assertThat(both.dataset().rows().test()).isEqualTo(old.dataset().rows().test() + 4);
    assertThat(both.dataset().rows().validation()).isEqualTo(old.dataset().rows().validation() + 1);
    assertThat(both.dataset().rows().train()).isEqualTo(old.dataset().rows().train() + 15);
    for (Split split : Split.values()) {
      assertThat(digests(both, split)).containsAll(digests(old, split)).doesNotHaveDuplicates();
    }
  }

  @Test
  void run_onNewClasses_appendsThem() throws IOException {
    Path more = folder.resolve("more");
    Pictures.fill(more.resolve("ant"), 5, 5000);
    Pictures.fill(more.resolve("Dog"), 5, 6000);

    assertThat(job().run(extending(more)).dataset().classNames())
        .containsExactly("cat", "dog", "ant");
  }

  @Test
  void run_onKnownPictures_storesTheSameContent() throws IOException {
    IngestJob.Result again = job().run(extending(folder.resolve("old")));

    assertThat(again.record()).isEqualTo(old.record());
    assertThat(again.summary().remarks()).contains("38 pictures that the task has already");
  }

  @Test
  void run_onAKnownPictureOfAnotherClass_isRefused() throws IOException {
    Path more = folder.resolve("more");
    Pictures.fill(more.resolve("dog"), 2, 1000); // two of the cats

    assertThatThrownBy(() -> job().run(extending(more)))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessageContaining("is of the class 'dog', and the task has the same picture in the")
        .hasMessageContaining("'cat'");
  }

  @Test
  void run_onANewClassOfOnePicture_isRefused() throws IOException {
    Path more = folder.resolve("more");
    Pictures.fill(more.resolve("ant"), 1, 5000);

    assertThatThrownBy(() -> job().run(extending(more)))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessageContaining("the new class 'ant' has no picture in test");
  }

  @Test
  void run_onADataSetWhosePicturesLieAsStored_keepsThatRule() throws IOException {
    Path pictures = folder.resolve("old");
    Path lying = pictures.resolve("train/cat/1000.png");
    Files.write(lying, TurnedPng.of(Files.readAllBytes(lying), 6));
    old = job().run(request(pictures, Orientation.AS_STORED));
    Path more = folder.resolve("more");
    Pictures.fill(more.resolve("cat"), 4, 5000);

    IngestJob.Result both = job().run(request(more, Orientation.UPRIGHT).extending(old.record()));

    assertThat(both.dataset().orientation()).isEqualTo(Orientation.AS_STORED);
    assertThat(digests(both, Split.TRAIN)).containsAll(digests(old, Split.TRAIN));
    assertThat(both.dataset().rows().total()).isEqualTo(old.dataset().rows().total() + 4);
  }

  private static IngestRequest request(Path pictures, Orientation orientation) {
    return new IngestRequest(
        source(pictures), 7, IngestRequest.ALL, Optional.empty(), orientation, 0.05);
  }

  private IngestRequest extending(Path more) {
    return new IngestRequest(source(more), 7).extending(old.record());
  }

  private static ImageFolder source(Path pictures) {
    return ImageFolder.of(pictures.toString());
  }

  private IngestJob job() {
    return new IngestJob(JavaSparkContext.fromSparkContext(session.sparkContext()), location());
  }

  private StoreLocation location() {
    return StoreLocation.of(folder.resolve("store").toString());
  }

  private List<Digest> digests(IngestJob.Result result, Split split) throws IOException {
    List<Digest> digests = new ArrayList<>();
    new DatasetReader(new HadoopObjects(Folder.of(location().root(), Map.of())), result.dataset())
        .forEachOf(split, 0, 1, picture -> digests.add(Digest.of(picture.encoded())));
    return digests;
  }
}
