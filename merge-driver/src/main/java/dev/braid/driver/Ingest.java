package dev.braid.driver;

import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.Provenance;
import dev.braid.model.Digest;
import dev.braid.model.record.Receipt;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import dev.braid.store.Records;
import dev.braid.store.file.StoreAccessException;
import dev.braid.store.json.JsonObject;
import dev.braid.store.object.ObjectStore;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** The stage that ingests the source of a request, once. */
public final class Ingest {
  public static final String STAGE = "ingest";

  /** Incremented whenever the same source gives a different data set. */
  private static final int STAGE_VERSION = 1;

  private static final String DATASET = "data-set";

  private final JavaSparkContext spark;
  private final ModelStore store;
  private final ProgressListener progressListener;

  public Ingest(JavaSparkContext spark, ModelStore store, ProgressListener progressListener) {
    this.spark = spark;
    this.store = store;
    this.progressListener = progressListener;
  }

  /**
   * The digest of the data set's record.
   *
   * <p>The receipt is for the inbox file: once its source has been read, later changes of the
   * source have no effect, and a killed run continues with the same pictures.
   *
   * @throws RefusedDatasetException if the source cannot become a data set
   * @throws StoreAccessException if it cannot be read now; a later call may succeed
   */
  public Digest run(Request request) {
    return new Memo(store, STAGE, this::isWhole)
        .get(
            inputs(request.file().file(), request.pictures().seed()),
            () -> ingest(request),
            Provenance.start(spark)::finish)
        .output(DATASET);
  }

  /**
   * What the receipt of a file of the inbox is found by.
   *
   * @param seed of the cut into splits
   */
  public static Digest inputs(Digest file, long seed) {
    JsonObject inputs =
        new JsonObject().with("stage", STAGE_VERSION).with("file", file).with("seed", seed);
    return Digest.of(inputs.bytes());
  }

  private boolean isWhole(Receipt receipt) {
    ObjectStore objects = store.objects();
    return new Records(objects).contains(new Records(objects).dataset(receipt.output(DATASET)));
  }

  private Map<String, Digest> ingest(Request request) {
    try {
      IngestJob.Result result = new IngestJob(spark, store.location()).run(request.pictures());
      progressListener.say(
          "%s: %d train, %d validation and %d test pictures of %d classes%s"
              .formatted(
                  request.task(),
                  result.dataset().rows().train(),
                  result.dataset().rows().validation(),
                  result.dataset().rows().test(),
                  result.dataset().classNames().size(),
                  result.leftOut().isEmpty()
                      ? ""
                      : "; left out as undecodable: " + String.join("; ", result.leftOut())));
      return Map.of(DATASET, result.record());
    } catch (IOException e) {
      throw new StoreAccessException("read the pictures of task", request.task(), e);
    }
  }
}
