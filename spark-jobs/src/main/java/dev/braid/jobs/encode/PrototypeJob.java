package dev.braid.jobs.encode;

import dev.braid.inference.ModelPool;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.stage.AssignedDevice;
import dev.braid.jobs.stage.Provenance;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.Features;
import dev.braid.model.record.Output;
import dev.braid.model.record.Prototypes;
import dev.braid.store.FeatureChunk;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import dev.braid.store.StageVersion;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.JsonObject;
import dev.braid.vlm.text.Templates;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** Computes a task's prototypes with the frozen base (METHODS 2.6), once. */
public final class PrototypeJob {
  private static final StageVersion STAGE = new StageVersion("prototypes", 1);

  private final JavaSparkContext spark;
  private final StoreLocation location;

  public PrototypeJob(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.location = location;
  }

  /**
   * The digest of the task's prototypes.
   *
   * @param dataset digest of the data set's record
   */
  public Digest run(TaskId task, Digest dataset, List<String> templates) {
    ModelStore store = StoreCache.at(location);
    DatasetRecord pictures = store.records().dataset(dataset);
    JsonObject inputs =
        STAGE
            .inputs()
            .with("base", store.baseDigest())
            .with("task", task)
            .with("data-set", pictures.content())
            .with("templates", templates);
    return new Memo(store, STAGE.name())
        .get(
            Digest.of(inputs.bytes()),
            () ->
                Map.of(
                    Output.PROTOTYPES,
                    store.records().put(compute(task, dataset, pictures.classNames(), templates))),
            Provenance.start(spark)::finish)
        .output(Output.PROTOTYPES);
  }

  private Prototypes compute(
      TaskId task, Digest dataset, List<String> classNames, List<String> templates) {
    Features features =
        new EncodeJob(spark, location).run(new WeightsRef.Base(), dataset, Split.TRAIN);
    PrototypeMean mean =
        new PrototypeMean(
            features.dimension(), texts(task, classNames, templates), templates.size());
    ModelStore store = StoreCache.at(location);
    for (int part = 0; part < features.parts().size(); part++) {
      mean.add(FeatureChunk.read(features, part, store.objects()));
    }
    return new Prototypes(task, classNames, features.dimension(), mean.vectors());
  }

  private float[][] texts(TaskId task, List<String> classNames, List<String> templates) {
    List<String> prompts =
        classNames.stream()
            .flatMap(name -> templates.stream().map(template -> Templates.fill(template, name)))
            .toList();
    return new Stage(spark, "encode prompts of " + task)
        .map(List.of(prompts), new EncodeTexts(location))
        .get(0);
  }

  private record EncodeTexts(StoreLocation location) implements Function<List<String>, float[][]> {
    @Override
    public float[][] call(List<String> prompts) throws IOException {
      try (ModelPool.Lease model =
          ModelPool.lease(AssignedDevice.ofTask(), location, new WeightsRef.Base())) {
        return model.encoder().encodeTexts(prompts);
      }
    }
  }
}
