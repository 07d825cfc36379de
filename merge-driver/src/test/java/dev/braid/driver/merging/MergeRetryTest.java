package dev.braid.driver.merging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Blob;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.LocalDisk;
import dev.braid.store.object.HadoopObjects;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Merges whose shard fails while Spark retries tasks. */
final class MergeRetryTest extends MergeFixture {
  @ParameterizedTest
  @EnumSource(MergeState.class)
  void run_shardThatFailsOnce_isMergedAgainAlone(MergeState mergeState) throws IOException {
    ModelRecord undisturbed = chain(job, mergeState, 2);
    MergeStore failing =
        new MergeStore(
            new StoreLocation(
                folder.resolve("failing").toString(),
                new TreeMap<>(Map.of(LocalDisk.CLASS, OnceFailingDisk.class.getName()))));
    closeSpark();
    session = SparkSessions.open("local[2, 2]", Map.of());
    spark = new JavaSparkContext(session.sparkContext());
    try {
      MergeJob merge = new MergeJob(spark, failing.location);
      ModelRecord one = chain(merge, mergeState, 1, failing);
      TaskDraft second = failing.task("task-1", failing.randomDelta(1));
      List<String> deltas = files(failing.store.blobs().get(second.delta()));
      OnceFailingDisk.refuse(deltas.get(2));

      ModelRecord two = merge.run(one, second).record();

      assertThat(two).isEqualTo(undisturbed);
      assertThat(deltas).hasSize(4);
      for (String delta : deltas) {
        assertThat(Collections.frequency(OnceFailingDisk.opened(), delta))
            .isEqualTo(delta.equals(deltas.get(2)) ? 2 : 1);
      }
    } finally {
      closeSpark();
      openSpark();
    }
  }

  private static List<String> files(Blob blob) {
    return blob.shards().stream()
        .map(shard -> HadoopObjects.name(shard.digest(), "parquet"))
        .map(name -> name.substring(name.lastIndexOf('/') + 1))
        .toList();
  }
}
