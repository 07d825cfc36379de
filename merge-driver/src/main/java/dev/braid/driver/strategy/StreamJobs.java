package dev.braid.driver.strategy;

import dev.braid.driver.line.FixedLineSettings;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.TrainJob;
import dev.braid.jobs.train.TrainingLimits;
import dev.braid.model.ParameterSpace;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What streams of every order and seed share: the store and the jobs over it.
 *
 * @param full the parameter space of full fine-tuning
 * @param adapters the parameter space of adapters
 */
public record StreamJobs(
    ModelStore store,
    Trainer trainer,
    MergeJobs merges,
    ParameterSpace full,
    ParameterSpace adapters) {
  /**
   * The jobs over a store.
   *
   * @param lora the adapters of the strategies that train adapters
   */
  public static StreamJobs of(
      JavaSparkContext spark,
      StoreLocation location,
      FixedLineSettings.Lora lora,
      TrainingLimits limits,
      ProgressListener progressListener) {
    ModelStore store = StoreCache.at(location);
    return new StreamJobs(
        store,
        new Trainer(new TrainJob(spark, location, limits), progressListener),
        MergeJobs.of(spark, location),
        FixedLineSettings.space(store, Optional.empty()),
        FixedLineSettings.space(store, Optional.of(lora)));
  }
}
