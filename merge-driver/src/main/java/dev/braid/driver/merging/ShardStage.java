package dev.braid.driver.merging;

import dev.braid.driver.merging.shard.MergePlan;
import dev.braid.driver.merging.shard.ShardOutcome;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.store.StoreLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** The part of a merge that runs on Spark, one task per shard. */
final class ShardStage {
  private static final String STAGE = "merge";

  private final JavaSparkContext spark;
  private final StoreLocation location;

  ShardStage(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.location = location;
  }

  /**
   * The merged shards, in order.
   *
   * @param task the task whose delta the plan adds
   * @throws RefusedTaskException if a value is not finite, or exceeds float32
   */
  List<ShardOutcome.Merged> run(MergePlan plan, ParameterSpace space, TaskId task) {
    List<Integer> shards = IntStream.range(0, plan.delta().shards().size()).boxed().toList();
    return merged(
        space,
        task,
        new Stage(spark, STAGE + " " + task).map(shards, new MergeShard(location, plan)));
  }

  private static List<ShardOutcome.Merged> merged(
      ParameterSpace space, TaskId task, List<ShardOutcome> outcomes) {
    List<ShardOutcome.Merged> merged = new ArrayList<>();
    for (ShardOutcome outcome : outcomes) {
      if (outcome instanceof ShardOutcome.NotFinite bad) {
        throw new RefusedTaskException(
            "Cannot merge task %s: its delta is %s in %s; train it again with a smaller learning"
                + " rate",
            task, bad.value(), place(space, bad.coordinate()));
      } else if (outcome instanceof ShardOutcome.Overflow overflow) {
        throw new RefusedTaskException(
            "Cannot merge task %s: with its delta the unified delta is beyond float32 in %s; train"
                + " it again with a smaller learning rate",
            task, place(space, overflow.coordinate()));
      } else if (outcome instanceof ShardOutcome.Merged good) {
        merged.add(good);
      }
    }
    return merged;
  }

  private static String place(ParameterSpace space, long coordinate) {
    long index = coordinate;
    for (TensorSpec tensor : space.tensors()) {
      if (index < tensor.size()) {
        return "tensor %s, element %s".formatted(tensor.name(), index);
      }
      index -= tensor.size();
    }
    throw new IllegalArgumentException("Invalid coordinate: " + coordinate);
  }
}
