package dev.braid.driver.merging;

import dev.braid.driver.line.Line;
import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.vector.FloatReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How much a merge depends on the order of the tasks: the share of the unified delta's signs that
 * would differ with the tasks in reverse order. Merges them in that order without publishing.
 */
public final class SignOrder {
  private static final int PIECE = 1 << 20;

  private final ModelStore store;
  private final MergeJob job;

  public SignOrder(JavaSparkContext spark, StoreLocation location) {
    this.store = StoreCache.at(location);
    this.job = new MergeJob(spark, location);
  }

  /**
   * The share of the coordinates whose sign differs, among those that are not 0 in both orders.
   *
   * @param model with at least one task
   * @throws RefusedTaskException if the tasks cannot be merged in reverse order
   */
  public double share(ModelRecord model) {
    List<Digest> records = new ArrayList<>();
    model.tasks().stream().map(Learned::record).forEach(records::add);
    Collections.reverse(records);
    return share(unified(model), unified(merged(Line.withoutTasks(model), records)));
  }

  private ModelRecord merged(ModelRecord empty, List<Digest> records) {
    if (empty.mergeState() == MergeState.DELTAS) {
      return job.mergeAll(empty, records);
    }
    ModelRecord model = empty;
    for (Digest record : records) {
      model = job.run(model, TaskDraft.of(store.records().task(record))).record();
    }
    return model;
  }

  private Blob unified(ModelRecord model) {
    return store
        .blobs()
        .get(Objects.requireNonNull(model.state().get(ModelRecord.UNIFIED), "no unified delta"));
  }

  private double share(Blob first, Blob second) {
    long differing = 0;
    long all = 0;
    try (FloatReader one = store.blobs().floats(first);
        FloatReader other = store.blobs().floats(second)) {
      for (long left = first.coordinates(); left > 0; left -= PIECE) {
        float[] a = new float[(int) Math.min(PIECE, left)];
        float[] b = new float[a.length];
        one.read(a);
        other.read(b);
        for (int j = 0; j < a.length; j++) {
          all += a[j] != 0 || b[j] != 0 ? 1 : 0;
          differing += Math.signum(a[j]) != Math.signum(b[j]) ? 1 : 0;
        }
      }
    }
    return all == 0 ? 0 : (double) differing / all;
  }
}
