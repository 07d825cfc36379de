package dev.braid.jobs.encode;

import dev.braid.inference.BaseDefinition;
import dev.braid.inference.ModelPool;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.dataset.DatasetRecords;
import dev.braid.jobs.stage.AssignedDevice;
import dev.braid.jobs.stage.JobSubject;
import dev.braid.jobs.stage.Provenance;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.record.Features;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    DatasetRecords datasets = new DatasetRecords(store);
    StoredFeatures stored = new StoredFeatures(store, datasets);
    Map<Digest, EncodeRequest> open = new LinkedHashMap<>();
    List<Digest> inputs = new ArrayList<>();
    for (EncodeRequest encodeRequest : requests) {
      Digest key = stored.inputs(encodeRequest);
      inputs.add(key);
      if (!open.containsKey(key) && stored.find(key).isEmpty()) {
        open.put(key, encodeRequest);
      }
    }
    if (!open.isEmpty()) {
      Provenance provenance = Provenance.start(spark);
      int dimension = BaseDefinition.of(store).dimension();
      Map<Digest, List<Digest>> chunks = encode(name(open), units(open, datasets));
      for (Digest key : open.keySet()) {
        Features features = new Features(dimension, chunks.getOrDefault(key, List.of()));
        var unused = stored.record(key, features, provenance.finish());
      }
    }
    return inputs.stream().map(key -> stored.find(key).orElseThrow()).toList();
  }

  /** What is encoded for whom, and by how many models. */
  private String name(Map<Digest, EncodeRequest> open) {
    boolean hasPictures = open.values().stream().anyMatch(EncodeRequest.Pictures.class::isInstance);
    boolean hasClasses =
        open.values().stream().anyMatch(EncodeRequest.ClassNames.class::isInstance);
    String what =
        hasPictures ? hasClasses ? "pictures and class names" : "pictures" : "class names";
    long models = open.values().stream().map(EncodeRequest::weights).distinct().count();
    return "encode %s%s, %s"
        .formatted(what, JobSubject.suffix(spark), models == 1 ? "1 model" : models + " models");
  }

  /** A unit of work for the features of these inputs. */
  private record KeyedUnit(Digest inputs, EncodeRequest.Unit unit) {}

  private static List<KeyedUnit> units(Map<Digest, EncodeRequest> open, DatasetRecords datasets) {
    List<KeyedUnit> units = new ArrayList<>();
    open.forEach(
        (key, encodeRequest) ->
            encodeRequest.units(datasets).forEach(unit -> units.add(new KeyedUnit(key, unit))));
    return units;
  }

  /** Encodes model by model, so that few tasks load the same model. */
  private Map<Digest, List<Digest>> encode(String name, List<KeyedUnit> units) {
    // The sort is stable: the units of one request use one model and stay in their order.
    List<KeyedUnit> byModel =
        units.stream().sorted(Comparator.comparing(each -> each.unit().weights().key())).toList();
    List<Digest> encoded =
        new Stage(spark, name)
            .map(
                byModel.stream().map(KeyedUnit::unit).toList(),
                Stage.TASKS_PER_CORE * spark.defaultParallelism(),
                new EncodeUnit(location));
    Map<Digest, List<Digest>> chunks = new LinkedHashMap<>();
    for (int i = 0; i < encoded.size(); i++) {
      chunks.computeIfAbsent(byModel.get(i).inputs(), key -> new ArrayList<>()).add(encoded.get(i));
    }
    return chunks;
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
