package dev.braid.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each refusal of listed pictures is one sentence, and stores nothing. */
class IngestJobRefusalsTest {
  private static SparkSession session;

  @TempDir Path folder;

  @BeforeAll
  static void openSession() {
    session = SparkSessions.open("local[2]", Map.of());
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @AfterEach
  void nothingIsStored() {
    assertThat(folder.resolve("store")).doesNotExist();
  }

  @Test
  void run_onMoreShotsThanAClassHas_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    assertThatThrownBy(() -> ingest(pictures, 6))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessage(
            "Cannot learn from %s: the class 'dog' has 5 different pictures to learn from, fewer"
                + " than 6 shots; ask for fewer, or add pictures",
            pictures);
  }

  @Test
  void run_onOneClass_isRefused() throws IOException {
    Path pictures = folder.resolve("one");
    Pictures.fill(pictures.resolve("cat"), 3, 0);
    refused(pictures, "Cannot learn from %s: one class, 'cat' (at least two classes)");
  }

  @Test
  void run_onEmptyClass_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Files.createDirectories(pictures.resolve("train/emu"));
    refused(pictures, "Cannot learn from %s: the class 'emu' has no picture in train");
  }

  @Test
  void run_onClassWithoutTestPicture_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Pictures.fill(pictures.resolve("train/emu"), 2, 0);
    refused(pictures, "Cannot learn from %s: the class 'emu' has no picture in test");
  }

  @Test
  void run_onClassOfOnePictureToCut_isRefused() throws IOException {
    Pictures.fill(folder.resolve("cut/cat"), 3, 0);
    Pictures.fill(folder.resolve("cut/dog"), 1, 10);
    refused(
        folder.resolve("cut"),
        "Cannot learn from %s: the class 'dog' has one picture, copies not counted (two or more:"
            + " one to learn from, one to test on)");
  }

  @Test
  void run_onPictureInTrainAndTest_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Files.copy(pictures.resolve("train/cat/1003.png"), pictures.resolve("test/dog/twin.png"));
    refused(
        pictures,
        "Cannot learn from %s: test/dog/twin.png is the same picture as train/cat/1003.png; remove"
            + " one");
  }

  @Test
  void run_onPictureInTwoClasses_isRefused() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Files.copy(pictures.resolve("train/cat/1003.png"), pictures.resolve("train/dog/twin.png"));
    refused(
        pictures,
        "Cannot learn from %s: train/dog/twin.png is the same picture as train/cat/1003.png; remove"
            + " one");
  }

  @Test
  void run_onClassFoldersWithoutPictures_isRefused() throws IOException {
    Files.createDirectories(folder.resolve("hollow/cat"));
    Files.createDirectories(folder.resolve("hollow/dog"));
    refused(folder.resolve("hollow"), "Cannot learn from %s: the class 'cat' has no picture");
  }

  @Test
  void run_onOneTrainingPictureAClass_isRefused() throws IOException {
    for (String name : List.of("train/cat", "train/dog", "test/cat", "test/dog")) {
      Pictures.fill(folder.resolve("few").resolve(name), 1, name.hashCode());
    }
    refused(
        folder.resolve("few"),
        "Cannot learn from %s: no class has two different pictures to learn from, so none can be"
            + " kept for validation; add pictures");
  }

  @Test
  void run_onUndecodablePicturesOfSeveralKinds_countsThem() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    for (int i = 0; i < 3; i++) {
      Files.write(
          pictures.resolve("train/dog/cut" + i + ".png"), Arrays.copyOf(Pictures.png(i), 40 + i));
    }
    Files.writeString(pictures.resolve("train/dog/text.jpg"), "no picture");

    assertThatThrownBy(() -> ingest(pictures, IngestRequest.ALL))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessageContaining(
            "4 of 34 pictures in train cannot be decoded (at most 5 %); 1 × it is no picture of a"
                + " known format, 3 × it is truncated: train/dog/cut0.png");
  }

  @Test
  void run_onManyUndecodablePictures_isRefusedWithTheirNames() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Files.writeString(pictures.resolve("test/dog/notes.txt"), "no picture");
    assertThatThrownBy(() -> ingest(pictures, IngestRequest.ALL))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessageStartingWith(
            "Cannot learn from "
                + pictures
                + ": 1 of 9 pictures in test cannot be decoded (at most 5 %): test/dog/notes.txt"
                + " (");
  }

  @Test
  void run_onAClassOfWhichNothingCanBeUsed_blamesItsPictures() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Files.createDirectory(pictures.resolve("train/emu"));
    Pictures.fill(pictures.resolve("test/emu"), 2, 0);
    Files.createSymbolicLink(pictures.resolve("train/emu/a"), folder.resolve("none"));
    refused(
        pictures,
        "Cannot learn from %s: no picture of the class 'emu' in train can be read: train/emu/a"
            + " (Cannot read the picture: it is a link to nothing)");
  }

  @Test
  void run_onManyLinksToNothing_isRefusedWithTheirNames() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    for (String name : List.of("a", "b")) {
      Files.createSymbolicLink(pictures.resolve("train/cat/" + name), folder.resolve("none"));
    }
    refused(
        pictures,
        "Cannot learn from %s: 2 of 32 pictures in train cannot be read (at most 5 %%):"
            + " train/cat/a (Cannot read the picture: it is a link to nothing), train/cat/b (Cannot"
            + " read the picture: it is a link to nothing)");
  }

  @Test
  void run_onLinksToNothingBesideOtherFaults_isRefusedForBoth() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    Files.createSymbolicLink(pictures.resolve("train/cat/a"), folder.resolve("none"));
    Files.writeString(pictures.resolve("train/cat/b"), "no picture");
    assertThatThrownBy(() -> ingest(pictures, IngestRequest.ALL))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessageContaining(
            "2 of 32 pictures in train cannot be read or decoded (at most 5 %); 1 × ");
  }

  private void refused(Path pictures, String message) {
    assertThatThrownBy(() -> ingest(pictures, IngestRequest.ALL))
        .isInstanceOf(RefusedDatasetException.class)
        .hasMessage(message.formatted(pictures));
  }

  private void ingest(Path pictures, int shots) throws IOException {
    new IngestJob(
            JavaSparkContext.fromSparkContext(session.sparkContext()),
            StoreLocation.of(folder.resolve("store").toString()))
        .run(new IngestRequest(ImageFolder.of(pictures.toString()), /* seed= */ 7, shots));
  }
}
