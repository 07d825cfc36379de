package dev.braid.driver.merging;

import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.RescalerKind;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.provider.Arguments;

/** One store per merge test, and one Spark context per class. */
public abstract class MergeFixture {
  static SparkSession session;
  public static JavaSparkContext spark;

  // Not deleted by the test: after a job has failed, tasks of its other shards may still be
  // writing.
  @TempDir(cleanup = CleanupMode.NEVER, factory = InTarget.class)
  public Path folder;

  public MergeStore given;
  public MergeJob job;

  /** Folders that the next clean build removes. */
  static final class InTarget implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
        throws IOException {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target/stores")), "merge");
    }
  }

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
  void makeStore() throws IOException {
    given = new MergeStore(folder.resolve("store"));
    job = new MergeJob(spark, given.location);
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of(MergeState.DECOUPLED, RescalerKind.TENSOR_MEAN),
        Arguments.of(MergeState.DECOUPLED, RescalerKind.PER_TENSOR),
        Arguments.of(MergeState.DELTAS, RescalerKind.GLOBAL));
  }

  ModelRecord chain(MergeJob merge, MergeState mergeState, int tasks) {
    return chain(merge, mergeState, tasks, given);
  }

  static ModelRecord chain(MergeJob merge, MergeState mergeState, int tasks, MergeStore store) {
    ModelRecord version = store.start(mergeState, RescalerKind.TENSOR_MEAN);
    for (int task = 0; task < tasks; task++) {
      version = merge.run(version, store.task("task-" + task, store.randomDelta(task))).record();
    }
    return version;
  }
}
