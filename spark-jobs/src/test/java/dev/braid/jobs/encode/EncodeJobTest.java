package dev.braid.jobs.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.inference.WeightsRef;
import dev.braid.jobs.MicroStore;
import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.record.Features;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodeJobTest {
  @TempDir static Path folder;
  private static SparkSession session;
  private static EncodeJob job;
  private static Digest dataset;

  @BeforeAll
  static void ingest() throws IOException {
    session = SparkSessions.open("local[2]", Map.of());
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    StoreLocation location = MicroStore.create(folder.resolve("store"));
    Path pictures = folder.resolve("pictures");
    for (int label = 0; label < 2; label++) {
      // The two classes together have two rows more than a chunk.
      int half = (SplitChunks.ROWS + 2) / 2;
      Pictures.fill(pictures.resolve("test/" + label), half, 1000L * label);
      Pictures.fill(pictures.resolve("train/" + label), 2, 1000L * label + half);
    }
    dataset =
        new IngestJob(spark, location)
            .run(new IngestRequest(ImageFolder.of(pictures.toString()), 1))
            .record();
    job = new EncodeJob(spark, location);
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @Test
  void run_afterALostChunk_encodesItAgain() throws IOException {
    Features first = encode();
    List<Path> chunks = chunks();
    assertThat(chunks).hasSize(2);
    for (Path chunk : chunks) {
      byte[] bytes = Files.readAllBytes(chunk);
      Files.delete(chunk);

      assertThat(encode()).isEqualTo(first);
      assertThat(chunk).hasBinaryContent(bytes);
    }
  }

  private static Features encode() {
    return job.run(new WeightsRef.Base(), dataset, Split.TEST);
  }

  private static List<Path> chunks() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("store/objects"))) {
      return files.filter(file -> file.toString().endsWith(".f32")).toList();
    }
  }
}
