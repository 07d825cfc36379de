package dev.braid.driver;

import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.Provenance;
import dev.braid.model.Digest;
import dev.braid.model.Orientation;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import dev.braid.store.Records;
import dev.braid.store.StageVersion;
import dev.braid.store.file.StoreAccessException;
import dev.braid.store.json.JsonObject;
import dev.braid.store.object.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** The stage that ingests the source of a request, once. */
public final class Ingest {
  public static final StageVersion STAGE = new StageVersion("ingest", 2);

  /** Before EXIF orientations were known; its data sets keep ignoring them. */
  private static final StageVersion FIRST = new StageVersion("ingest", 1);

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
    Digest file = request.file().file();
    long seed = request.pictures().seed();
    Digest inputs = inputs(file, seed, request.pictures().orientation());
    Memo memo = new Memo(store, STAGE.name(), this::isWhole);
    return memo.find(first(file, seed))
        .orElseGet(() -> memo.get(inputs, () -> ingest(request), Provenance.start(spark)::finish))
        .output(Output.DATASET);
  }

  private static Digest inputs(Digest file, long seed, Orientation orientation) {
    JsonObject inputs =
        STAGE.inputs().with("file", file).with("seed", seed).with("exif", orientation.label());
    return Digest.of(inputs.bytes());
  }

  private static Digest first(Digest file, long seed) {
    return Digest.of(FIRST.inputs().with("file", file).with("seed", seed).bytes());
  }

  /**
   * The digests by which receipts of an inbox file are found, of this release and of earlier ones.
   *
   * @param seed of the division into splits
   */
  public static List<Digest> allInputs(Digest file, long seed) {
    List<Digest> all = new ArrayList<>(List.of(first(file, seed)));
    for (Orientation orientation : Orientation.values()) {
      all.add(inputs(file, seed, orientation));
    }
    return all;
  }

  /** The data set that a run returned. */
  public DatasetRecord content(Digest dataset) {
    return store.records().dataset(dataset);
  }

  private boolean isWhole(Receipt receipt) {
    ObjectStore objects = store.objects();
    return new Records(objects)
        .contains(new Records(objects).dataset(receipt.output(Output.DATASET)));
  }

  private static String turned(long pictures, Orientation orientation) {
    if (pictures == 0) {
      return "";
    }
    return orientation == Orientation.UPRIGHT
        ? "; %d are turned upright, as their EXIF data say".formatted(pictures)
        : "; the EXIF data of %d say to turn them, which is ignored".formatted(pictures);
  }

  private Map<Output, Digest> ingest(Request request) {
    try {
      IngestJob.Result result = new IngestJob(spark, store.location()).run(request.pictures());
      progressListener.say(
          "%s: %d train, %d validation and %d test pictures of %d classes%s%s"
              .formatted(
                  request.task(),
                  result.dataset().rows().train(),
                  result.dataset().rows().validation(),
                  result.dataset().rows().test(),
                  result.dataset().classNames().size(),
                  turned(result.turned(), request.pictures().orientation()),
                  result.leftOut().isEmpty()
                      ? ""
                      : "; left out as undecodable: " + String.join("; ", result.leftOut())));
      return Map.of(Output.DATASET, result.record());
    } catch (IOException e) {
      throw new StoreAccessException("read the pictures of task", request.task(), e);
    }
  }
}
