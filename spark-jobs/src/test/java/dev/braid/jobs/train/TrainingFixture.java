package dev.braid.jobs.train;

import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.stage.SparkSessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Spark in this JVM, and a training of cats and dogs that takes a moment. */
abstract class TrainingFixture {
  @TempDir static Path folder;
  private static SparkSession session;
  static JavaSparkContext spark;
  static MicroTraining micro;

  /** A store for each test, so that no test finds the receipts of another. */
  @TempDir Path own;

  @BeforeAll
  static void openSession() throws IOException {
    session = SparkSessions.open("local[2]", Map.of());
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    micro = new MicroTraining(spark, Pictures.catsAndDogs(folder.resolve("pictures")));
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }
}
