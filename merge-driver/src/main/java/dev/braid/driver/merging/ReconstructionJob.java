package dev.braid.driver.merging;

import dev.braid.driver.merging.Reconstruction.Distance;
import dev.braid.driver.merging.Reconstruction.OfGroup;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorGroups;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.vector.FloatReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Compares the decoupled deltas of a version's tasks with their archived deltas, in one Spark task
 * each.
 */
public final class ReconstructionJob {
  private static final String STAGE = "reconstruction";

  private final JavaSparkContext spark;
  private final StoreLocation location;

  public ReconstructionJob(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.location = location;
  }

  /** The reconstructions of a model, in version order. */
  public List<Reconstruction> run(Digest model) {
    int tasks = StoreCache.at(location).records().model(model).tasks().size();
    return new Stage(spark, STAGE + " of %s tasks".formatted(tasks))
        .map(IntStream.range(0, tasks).boxed().toList(), new Compare(location, model));
  }

  private record Compare(StoreLocation location, Digest model)
      implements Function<Integer, Reconstruction> {
    @Override
    public Reconstruction call(Integer task) throws IOException {
      ModelStore store = StoreCache.at(location);
      return compare(store, store.records().model(model), task);
    }
  }

  private static Reconstruction compare(ModelStore store, ModelRecord model, int task)
      throws IOException {
    Learned learned = model.tasks().get(task);
    TensorGroups groups = TensorGroups.of(model.space());
    Distance[] distances = new Distance[groups.count()];
    Arrays.fill(distances, Distance.NONE);
    Digest delta = store.records().task(learned.record()).delta();
    try (FloatReader archived = store.blobs().floats(store.blobs().get(delta))) {
      int[] tensor = {0};
      store
          .weights()
          .delta(model, learned.task())
          .forEach(
              decoupled -> {
                int group = groups.groupOf(tensor[0]++);
                distances[group] = distances[group].plus(distance(archived, decoupled));
              });
    }
    return new Reconstruction(
        learned.task(),
        Arrays.stream(distances).reduce(Distance.NONE, Distance::plus),
        IntStream.range(0, groups.count())
            .mapToObj(group -> new OfGroup(groups.names().get(group), distances[group]))
            .toList());
  }

  private static Distance distance(FloatReader archived, NamedTensor decoupled) {
    float[] rebuilt = decoupled.values();
    float[] original = new float[rebuilt.length];
    archived.read(original);
    Distance distance = Distance.NONE;
    for (int j = 0; j < rebuilt.length; j++) {
      distance = distance.plus(original[j], rebuilt[j]);
    }
    return distance;
  }
}
