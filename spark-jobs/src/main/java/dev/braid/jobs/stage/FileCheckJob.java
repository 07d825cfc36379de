package dev.braid.jobs.stage;

import dev.braid.store.StoreLocation;
import dev.braid.store.fsck.Batch;
import dev.braid.store.fsck.BrokenFile;
import dev.braid.store.fsck.FileChecks;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** Checks the files of a store on Spark's executors. */
public record FileCheckJob(JavaSparkContext spark) implements FileChecks {
  @Override
  public int parallelism() {
    return spark.defaultParallelism();
  }

  @Override
  public List<BrokenFile> run(StoreLocation store, List<Batch> batches) {
    return new Stage(spark, "fsck")
        .map(batches, new CheckBatch(store)).stream().flatMap(List::stream).toList();
  }

  private record CheckBatch(StoreLocation store) implements Function<Batch, List<BrokenFile>> {
    @Override
    public List<BrokenFile> call(Batch batch) {
      return batch.check(store);
    }
  }
}
