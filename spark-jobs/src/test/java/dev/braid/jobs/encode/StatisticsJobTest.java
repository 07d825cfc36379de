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
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.Features;
import dev.braid.model.record.TaskStatistics;
import dev.braid.store.FeatureChunk;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statistics of a data set with more train pictures than a chunk has rows. */
class StatisticsJobTest {
  @TempDir static Path folder;
  private static SparkSession session;
  private static JavaSparkContext spark;
  private static StoreLocation location;
  private static ModelStore store;
  private static Digest dataset;
  private static StatisticsJob job;

  @BeforeAll
  static void ingest() throws IOException {
    session = SparkSessions.open("local[2]", Map.of());
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    location = MicroStore.create(folder.resolve("store"));
    store = ModelStore.open(location);
    Path pictures = folder.resolve("pictures");
    Pictures.fill(pictures.resolve("train/few"), 5, 0);
    Pictures.fill(pictures.resolve("train/many"), SplitChunks.ROWS + 60, 1000);
    for (String label : new String[] {"few", "many"}) {
      Pictures.fill(pictures.resolve("test/" + label), 3, label.length() * 10_000L);
    }
    dataset =
        new IngestJob(spark, location)
            .run(new IngestRequest(ImageFolder.of(pictures.toString()), 1))
            .record();
    job = new StatisticsJob(spark, location);
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @Test
  void run_addsUpTheTrainPicturesOnly() {
    TaskStatistics statistics = store.records().statistics(job.run(dataset));

    assertThat(statistics).isEqualTo(plainSums());
    assertThat(statistics.total())
        .isEqualTo(store.records().dataset(dataset).rows().of(Split.TRAIN))
        .isGreaterThan(SplitChunks.ROWS);
  }

  /** The sums in plain loops, picture by picture in the order of the rows. */
  private static TaskStatistics plainSums() {
    Features features =
        new EncodeJob(spark, location).run(new WeightsRef.Base(), dataset, Split.TRAIN);
    int dimension = features.dimension();
    long[] counts = new long[2];
    double[][] sums = new double[2][dimension];
    double[][] products = new double[dimension][dimension];
    for (int part = 0; part < features.parts().size(); part++) {
      FeatureChunk chunk = FeatureChunk.read(features, part, store.objects());
      for (int row = 0; row < chunk.labels().length; row++) {
        float[] feature = chunk.vectors()[row];
        counts[chunk.labels()[row]]++;
        for (int i = 0; i < dimension; i++) {
          sums[chunk.labels()[row]][i] += feature[i];
          for (int j = 0; j < dimension; j++) {
            products[i][j] += (double) feature[i] * (double) feature[j];
          }
        }
      }
    }
    double[] triangle = new double[TaskStatistics.triangle(dimension)];
    int next = 0;
    for (int i = 0; i < dimension; i++) {
      for (int j = i; j < dimension; j++) {
        triangle[next++] = products[i][j];
      }
    }
    return new TaskStatistics(dimension, counts, sums, triangle);
  }

  @Test
  void run_again_findsTheReceiptOfTheFormat() {
    Digest statistics = job.run(dataset);
    DatasetRecord pictures = store.records().dataset(dataset);
    String inputs =
        """
        {"base":"%s","data-set":"%s","stage":1}"""
            .formatted(store.baseDigest(), pictures.content());

    int jobs = jobs();
    assertThat(job.run(dataset)).isEqualTo(statistics);
    assertThat(jobs()).isEqualTo(jobs).isPositive();
    assertThat(store.receipts().all("statistics"))
        .singleElement()
        .satisfies(receipt -> assertThat(receipt.inputs()).isEqualTo(Digest.of(inputs)));
  }

  private static int jobs() {
    return spark.sc().statusTracker().getJobIdsForTag("braid-stage-statistics").length;
  }

  @Test
  void run_afterTheStatisticsWereLost_computesTheSame() throws IOException {
    Digest statistics = job.run(dataset);
    Path file = folder.resolve("store/objects/%1.2s/%1$s.f64".formatted(statistics.hex()));
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);

    assertThat(job.run(dataset)).isEqualTo(statistics);
    assertThat(file).hasBinaryContent(bytes);
  }
}
