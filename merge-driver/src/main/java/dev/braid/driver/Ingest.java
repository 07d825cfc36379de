package dev.braid.driver;

import dev.braid.jobs.Provenance;
import dev.braid.jobs.dataset.IngestJob;
import dev.braid.model.Digest;
import dev.braid.model.Receipt;
import dev.braid.store.ModelStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** The stage that makes a data set of a request's folder, once. */
final class Ingest {
  private static final String STAGE = "ingest";
  private static final String DATASET = "data-set";

  private final JavaSparkContext spark;
  private final ModelStore store;
  private final Narrator narrator;

  Ingest(JavaSparkContext spark, ModelStore store, Narrator narrator) {
    this.spark = spark;
    this.store = store;
    this.narrator = narrator;
  }

  /**
   * The digest of the data set's record.
   *
   * <p>The receipt is for the inbox file: once its folder has been read, later changes of the
   * folder change nothing, and a killed run goes on with the same pictures.
   *
   * @throws IllegalArgumentException if the folder cannot become a data set
   */
  Digest run(Request request) {
    Digest inputs = request.file().file();
    Optional<Receipt> made = store.receipts().find(STAGE, inputs);
    if (made.isPresent()) {
      return output(made.get());
    }
    Provenance provenance = Provenance.start(spark);
    try {
      IngestJob.Result result = new IngestJob(spark, store.location()).run(request.images());
      narrator.say(
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
      return output(store.receipts().record(receipt(inputs, result, provenance)));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Cannot read the pictures of %s: %s".formatted(request.task(), e.getMessage()), e);
    }
  }

  private static Receipt receipt(Digest inputs, IngestJob.Result result, Provenance provenance) {
    return new Receipt(
        STAGE, inputs, new TreeMap<>(Map.of(DATASET, result.record())), provenance.finish());
  }

  private static Digest output(Receipt receipt) {
    return Optional.ofNullable(receipt.outputs().get(DATASET)).orElseThrow();
  }
}
