package dev.braid.driver;

import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.source.ChangedSourceException;
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
import java.util.function.BiConsumer;
import org.apache.spark.api.java.JavaSparkContext;

/** The stage that ingests the source of a request, once. */
public final class Ingest {
  public static final StageVersion STAGE = new StageVersion("ingest", 2);

  /** Before EXIF orientations were known; its data sets keep ignoring them. */
  private static final StageVersion FIRST = new StageVersion("ingest", 1);

  private final JavaSparkContext spark;
  private final ModelStore store;
  private final ProgressListener progressListener;

  private final BiConsumer<Request, List<String>> namesCheck;

  /** The stage for sources whose classes the store's base can tell apart. */
  public Ingest(JavaSparkContext spark, ModelStore store, ProgressListener progressListener) {
    this(
        spark,
        store,
        progressListener,
        (request, names) ->
            new PromptCheck(store)
                .run(request.pictures().source().name(), request.templates(), names));
  }

  /**
   * The stage for other sources.
   *
   * @param namesCheck of the class names; throws {@link RefusedDatasetException}
   */
  Ingest(
      JavaSparkContext spark,
      ModelStore store,
      ProgressListener progressListener,
      BiConsumer<Request, List<String>> namesCheck) {
    this.spark = spark;
    this.store = store;
    this.progressListener = progressListener;
    this.namesCheck = namesCheck;
  }

  /**
   * The digest of the data set's record.
   *
   * <p>The receipt is for the inbox file: once its source has been read, later changes of the
   * source have no effect, and a killed run continues with the same pictures.
   *
   * @throws RefusedDatasetException if the source cannot become a data set
   * @throws ChangedSourceException if it changes while it is read
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

  /** The data set's record that a learned task was trained on. */
  Digest datasetOf(Digest task) {
    return store.records().task(task).dataset();
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

  private Map<Output, Digest> ingest(Request request) {
    try {
      IngestJob.Result result =
          new IngestJob(spark, store.location())
              .run(request.pictures(), names -> namesCheck.accept(request, names));
      progressListener.say(
          "%s: %s"
              .formatted(request.task(), result.summary().sentence())
              .replaceAll("\\p{Cntrl}", "?")); // in the name of a picture
      return Map.of(Output.DATASET, result.record());
    } catch (IOException e) {
      throw new StoreAccessException("read the pictures of task", request.task(), e);
    }
  }
}
