package dev.braid.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors whose locale cannot express the names that the driver lists. */
class ExecutorsInPosixTest {
  @TempDir Path folder;

  @Test
  void run_onExecutorsInPosix_storesTheSameDataset() throws IOException {
    Path pictures = folder.resolve("bilder-ü");
    Pictures.fill(pictures.resolve("grün"), 4, 0);
    Pictures.fill(pictures.resolve("🔴"), 4, 10);
    Files.write(pictures.resolve("grün/é 12:00.png"), Pictures.png(20));

    Digest here = ingest("local[1]", Map.of(), pictures);
    assertThat(
            ingest(
                "local-cluster[1,1,1024]", Map.of("spark.executorEnv.LC_ALL", "POSIX"), pictures))
        .isEqualTo(here);
  }

  private Digest ingest(String master, Map<String, String> settings, Path pictures)
      throws IOException {
    try (SparkSession session = SparkSessions.open(master, settings)) {
      return new IngestJob(
              JavaSparkContext.fromSparkContext(session.sparkContext()),
              StoreLocation.of(folder.resolve("store").toString()))
          .run(new IngestRequest(ImageFolder.of(pictures.toString()), /* seed= */ 7))
          .record();
    }
  }
}
