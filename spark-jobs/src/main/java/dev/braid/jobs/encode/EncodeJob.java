package dev.braid.jobs.encode;

import dev.braid.inference.BaseDefinition;
import dev.braid.inference.ModelPool;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.stage.AssignedDevice;
import dev.braid.jobs.stage.Provenance;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.record.Features;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.store.FeatureChunk;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** Encodes pictures and class names with given weights; each request is encoded once. */
public final class EncodeJob {
  private final JavaSparkContext spark;
  private final StoreLocation location;

  public EncodeJob(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.location = location;
  }

  /**
   * The features of a split under the test transform.
   *
   * @param dataset digest of the data set's record
   */
  public Features run(WeightsRef weights, Digest dataset, Split split) {
    ModelStore store = StoreCache.at(location);
    return run(List.of(
            EncodeRequest.Pictures.all(weights, dataset, split, store.records().dataset(dataset))))
        .get(0);
  }

  /** The features of each request, in order; one stage encodes those not stored yet. */
  public List<Features> run(List<? extends EncodeRequest> requests) {
    ModelStore store = StoreCache.at(location);
    Memo memo =
        new Memo(
            store,
            EncodeRequest.STAGE.name(),
            receipt ->
                FeatureChunk.contains(
                    store.objects(), store.records().features(receipt.output(Output.FEATURES))));
    Map<Digest, EncodeRequest> open = new LinkedHashMap<>();
    Map<Digest, Features> found = new LinkedHashMap<>();
    List<Digest> inputs = new ArrayList<>();
    for (EncodeRequest encodeRequest : requests) {
      Digest key = encodeRequest.inputs(store);
      inputs.add(key);
      if (!open.containsKey(key) && !found.containsKey(key)) {
        memo.find(key)
            .ifPresentOrElse(
                receipt -> found.put(key, load(store, receipt)),
                () -> open.put(key, encodeRequest));
      }
    }
    Provenance provenance = Provenance.start(spark);
    encode(store, open)
        .forEach(
            (key, features) ->
                found.put(
                    key,
                    load(
                        store,
                        memo.record(
                            key,
                            Map.of(Output.FEATURES, store.records().put(features)),
                            provenance.finish()))));
    return inputs.stream().map(key -> Objects.requireNonNull(found.get(key), "features")).toList();
  }

  private static Features load(ModelStore store, Receipt receipt) {
    return store.records().features(receipt.output(Output.FEATURES));
  }

  private Map<Digest, Features> encode(ModelStore store, Map<Digest, EncodeRequest> open) {
    if (open.isEmpty()) {
      return Map.of();
    }
    List<Digest> keys = new ArrayList<>();
    List<EncodeRequest.Unit> units = new ArrayList<>();
    open.forEach(
        (key, encodeRequest) ->
            encodeRequest
                .units(store)
                .forEach(
                    unit -> {
                      keys.add(key);
                      units.add(unit);
                    }));
    List<Integer> byModel =
        IntStream.range(0, units.size())
            .boxed()
            .sorted(Comparator.comparing(unit -> units.get(unit).weights().key()))
            .toList();
    List<Digest> chunks =
        new Stage(spark, "encode")
            .map(
                byModel.stream().map(units::get).toList(),
                Stage.TASKS_PER_CORE * spark.defaultParallelism(),
                new EncodeUnit(location));
    Map<Integer, Digest> byUnit = new LinkedHashMap<>();
    for (int i = 0; i < chunks.size(); i++) {
      byUnit.put(byModel.get(i), chunks.get(i));
    }
    int dimension = BaseDefinition.of(store).dimension();
    Map<Digest, Features> features = new LinkedHashMap<>();
    open.keySet()
        .forEach(
            key ->
                features.put(
                    key,
                    new Features(
                        dimension,
                        IntStream.range(0, units.size())
                            .filter(unit -> keys.get(unit).equals(key))
                            .mapToObj(unit -> Objects.requireNonNull(byUnit.get(unit), "chunk"))
                            .toList())));
    return features;
  }

  private record EncodeUnit(StoreLocation location)
      implements Function<EncodeRequest.Unit, Digest> {
    @Override
    public Digest call(EncodeRequest.Unit unit) throws IOException {
      var objects = StoreCache.at(location).objects();
      try (ModelPool.Lease model =
          ModelPool.lease(AssignedDevice.ofTask(), location, unit.weights())) {
        return unit.encode(model, objects).store(objects);
      }
    }
  }
}
