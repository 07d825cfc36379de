package dev.braid.jobs;

import dev.braid.jobs.dataset.DatasetReader;
import dev.braid.jobs.dataset.DatasetRecord;
import dev.braid.jobs.dataset.DatasetRecordParser;
import dev.braid.jobs.dataset.Split;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.JsonObject;
import dev.braid.store.object.ObjectStore;
import dev.braid.vlm.train.Picture;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** Encodes the pictures of a split with some weights, once. */
public final class EncodeJob {
  /** Raised whenever the same inputs give other features than before. */
  private static final int STAGE = 1;

  private static final String FEATURES = "features";

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
    ModelStore store = OpenStores.at(location);
    ObjectStore objects = store.objects();
    DatasetRecord pictures = DatasetRecordParser.load(dataset, objects);
    Digest features =
        made(store)
            .get(
                inputs(store, weights, pictures, split),
                () -> Map.of(FEATURES, encode(weights, dataset, pictures, split).store(objects)),
                Provenance.start(spark)::finish)
            .output(FEATURES);
    return Features.load(features, objects);
  }

  private static Made made(ModelStore store) {
    return new Made(
        store,
        "encode",
        receipt -> Features.load(receipt.output(FEATURES), store.objects()).isIn(store.objects()));
  }

  private static Digest inputs(
      ModelStore store, WeightsRef weights, DatasetRecord pictures, Split split) {
    JsonObject inputs =
        new JsonObject()
            .with("stage", STAGE)
            .with("base", store.baseDigest())
            .with("weights", weights.key())
            .with("data-set", pictures.content())
            .with("split", split.label());
    return Digest.of(inputs.bytes());
  }

  private Features encode(WeightsRef weights, Digest dataset, DatasetRecord pictures, Split split) {
    SplitParts parts = SplitParts.of(pictures, split);
    List<Digest> made =
        new Stage(spark, "encode " + dataset.abbreviated())
            .map(parts.numbers(), new EncodePart(location, weights, dataset, parts));
    int dimension = Definitions.of(OpenStores.at(location)).config().projectionDim();
    return new Features(dimension, made);
  }

  private record EncodePart(
      StoreLocation location, WeightsRef weights, Digest dataset, SplitParts parts)
      implements Function<Integer, Digest> {
    @Override
    public Digest call(Integer part) throws IOException {
      ObjectStore objects = OpenStores.at(location).objects();
      List<Picture> pictures =
          new DatasetReader(objects, DatasetRecordParser.load(dataset, objects))
              .rows(parts.from(part), parts.to(part));
      try (LoadedClips.Lease model = LoadedClips.lease(location, weights)) {
        float[][] vectors =
            model.clip().encodeImages(pictures.stream().map(Picture::encoded).toList());
        int[] labels = pictures.stream().mapToInt(Picture::label).toArray();
        return Features.store(new Features.Part(labels, vectors), objects);
      }
    }
  }
}
