package dev.braid.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public data sets as archived; their README lists the numbers. */
@Tag("real")
class RealPicturesTest {
  private static final Path DATA =
      Path.of(System.getProperty("braid.shared", "../../shared")).resolve("data");
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

  @ParameterizedTest
  @CsvSource({
    "caltech101, 100, 2818, 1854, Faces",
    "food101, 101, 10100, 2020, apple pie",
    "dtd10, 10, 800, 400, banded",
    "rsscn7, 7, 1400, 700, farm field",
    "mnist, 10, 5000, 2000, 0",
    "pacs_cartoon, 7, 1281, 534, dog"
  })
  void run_onARealSet_storesEveryPicture(
      String set, int classes, int train, int test, String firstClass)
      throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "xzf", DATA.resolve(set + ".tar.gz").toString())
            .directory(folder.toFile())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    IngestJob job =
        new IngestJob(
            JavaSparkContext.fromSparkContext(session.sparkContext()),
            StoreLocation.of(folder.resolve("store").toString()));
    IngestJob.Result result =
        job.run(new IngestRequest(ImageFolder.of(folder.resolve(set).toString()), 0));
    DatasetRecord.Rows rows = result.dataset().rows();
    assertThat(result.summary().leftOut()).isEmpty();
    assertThat(result.dataset().classNames()).hasSize(classes).startsWith(firstClass);
    assertThat(rows.train() + rows.validation()).isEqualTo(train);
    assertThat(rows.validation()).isBetween((long) classes, 20L * classes);
    assertThat(rows.test()).isEqualTo(test);
  }
}
