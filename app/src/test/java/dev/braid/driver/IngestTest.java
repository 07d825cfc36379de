package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.base.TinyTask;
import dev.braid.driver.merging.MergeStore;
import dev.braid.driver.strategy.Rounds;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.Orientation;
import dev.braid.model.TaskId;
import dev.braid.model.record.Output;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.store.Memo;
import dev.braid.store.StageVersion;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that an ingest's receipt depends on the inbox file and the seed, not on the folder of
 * pictures.
 */
class IngestTest {
  private static final Digest FILE = Digest.of(new byte[] {1});

  private static SparkSession session;
  private static JavaSparkContext spark;

  @TempDir Path folder;
  private Ingest ingest;
  private MergeStore given;
  private int jobsBefore;

  @BeforeAll
  static void openSpark() {
    session = SparkSessions.open("local[2]", Map.of());
    spark = new JavaSparkContext(session.sparkContext());
  }

  @AfterAll
  static void closeSpark() {
    session.stop();
  }

  @BeforeEach
  void createStore() throws IOException {
    TinyTask.COLOURS.write(folder.resolve("pictures"));
    given = new MergeStore(folder.resolve("store"));
    jobsBefore = jobs();
    ingest = new Ingest(spark, given.store, ProgressListener.SILENT, (request, anyNames) -> {});
  }

  @Test
  void run_againAfterTheFolderChanged_givesTheFirstDataSet() throws IOException {
    Digest first = ingest.run(request(FILE, 1));
    Files.move(folder.resolve("pictures"), folder.resolve("elsewhere"));

    assertThat(ingest.run(request(FILE, 1))).isEqualTo(first);
    assertThat(timesRead()).isEqualTo(1);
  }

  @Test
  void run_withAnotherSeed_cutsAnotherDataSet() {
    assertThat(ingest.run(request(FILE, 2))).isNotEqualTo(ingest.run(request(FILE, 1)));
    assertThat(timesRead()).isEqualTo(2);
  }

  @Test
  void run_ofAnotherFile_readsTheFolderAgain() {
    Digest other = Digest.of(new byte[] {2});
    assertThat(ingest.run(request(other, 1))).isEqualTo(ingest.run(request(FILE, 1)));
    assertThat(timesRead()).isEqualTo(2);
  }

  @Test
  void run_ofAFileThatAnEarlierReleaseIngested_keepsItsDataSet() {
    Digest before = ingest.run(request(Digest.of(new byte[] {3}), 1));
    byte[] inputs =
        new StageVersion("ingest", 1).inputs().with("file", FILE).with("seed", 1L).bytes();
    new Memo(given.store, "ingest")
        .record(Digest.of(inputs), Map.of(Output.DATASET, before), new TreeMap<>());

    assertThat(ingest.run(request(FILE, 1))).isEqualTo(before);
    assertThat(timesRead()).isEqualTo(1);
  }

  @Test
  void run_withTheOtherRuleForTurnedPictures_readsTheFolderAgain() {
    Digest applied = ingest.run(request(FILE, 1, Orientation.UPRIGHT));

    // No picture asks to be turned, so it is the same data set.
    assertThat(ingest.run(request(FILE, 1, Orientation.AS_STORED))).isEqualTo(applied);
    assertThat(timesRead()).isEqualTo(2);
  }

  private int timesRead() {
    return jobs() - jobsBefore;
  }

  private static int jobs() {
    return spark.sc().statusTracker().getJobIdsForTag("braid-stage-inspect").length;
  }

  private Request request(Digest file, long seed) {
    return request(file, seed, Orientation.UPRIGHT);
  }

  private Request request(Digest file, long seed, Orientation orientation) {
    return new Request(
        new InboxEntry(1, new TaskId("colours"), file),
        0,
        new IngestRequest(
            ImageFolder.of(folder.resolve("pictures").toString()),
            seed,
            IngestRequest.ALL,
            Optional.empty(),
            orientation,
            0.05),
        List.of("a picture of {c}"),
        new TrainSettings(8, 40, 5, 1e-3, 0, 0.9, 0.999, 1e-8, 0, 1),
        new Rounds(1, 20),
        /* replaces= */ Optional.empty());
  }
}
