package dev.braid.jobs.encode;

import dev.braid.inference.WeightsRef;
import dev.braid.jobs.stage.JobSubject;
import dev.braid.jobs.stage.Provenance;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.Features;
import dev.braid.model.record.Output;
import dev.braid.store.FeatureChunk;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import dev.braid.store.StageVersion;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Computes the statistics of a data set's train pictures under the frozen base (METHODS 2.8), once.
 *
 * <p>One Spark task adds all pictures in the order of their rows, so the sums have the same bits
 * everywhere.
 */
public final class StatisticsJob {
  private static final StageVersion STAGE = new StageVersion("statistics", 1);

  private final JavaSparkContext spark;
  private final StoreLocation location;

  public StatisticsJob(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.location = location;
  }

  /**
   * The digest of the statistics.
   *
   * @param dataset digest of the data set's record
   */
  public Digest run(Digest dataset) {
    ModelStore store = StoreCache.at(location);
    DatasetRecord pictures = store.records().dataset(dataset);
    JsonObject inputs =
        STAGE.inputs().with("base", store.baseDigest()).with("data-set", pictures.content());
    return new Memo(store, STAGE.name())
        .get(
            Digest.of(inputs.bytes()),
            () -> Map.of(Output.STATISTICS, compute(dataset, pictures.classNames().size())),
            Provenance.start(spark)::finish)
        .output(Output.STATISTICS);
  }

  private Digest compute(Digest dataset, int classes) {
    Features features =
        new EncodeJob(spark, location).run(new WeightsRef.Base(), dataset, Split.TRAIN);
    return new Stage(spark, STAGE.name() + JobSubject.suffix(spark))
        .map(List.of(features), new Add(location, classes))
        .get(0);
  }

  private record Add(StoreLocation location, int classes) implements Function<Features, Digest> {
    @Override
    public Digest call(Features features) {
      ModelStore store = StoreCache.at(location);
      StatisticsSum sum = new StatisticsSum(features.dimension(), classes);
      for (int part = 0; part < features.parts().size(); part++) {
        sum.add(FeatureChunk.read(features, part, store.objects()));
      }
      return store.records().put(sum.statistics());
    }
  }
}
