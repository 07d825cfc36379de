package dev.braid.jobs.train;

import dev.braid.inference.WeightsRef;
import dev.braid.jobs.MicroStore;
import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.model.Digest;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** Builds trainings of a tiny model on a few pictures. */
final class MicroTraining {
  static final int STEPS = 6;
  private static final String TEMPLATE = "a b {c}";

  private final JavaSparkContext spark;
  private final Path pictures;

  MicroTraining(JavaSparkContext spark, Path pictures) {
    this.spark = spark;
    this.pictures = pictures;
  }

  /** A training of cats and dogs from the base. */
  Training training(StoreLocation store, int replicas, int roundSteps) throws IOException {
    return training(store, replicas, roundSteps, settings(7, 1e-2));
  }

  /** A training of cats and dogs from the base. */
  Training training(StoreLocation store, int replicas, int roundSteps, TrainSettings settings)
      throws IOException {
    Digest dataset =
        new IngestJob(spark, store)
            .run(new IngestRequest(ImageFolder.of(pictures.toString()), 7))
            .record();
    return new Training(
        MicroStore.space(store),
        dataset,
        TEMPLATE,
        settings,
        new WeightsRef.Base(),
        replicas,
        roundSteps);
  }

  /** AdamW with a high enough rate for a tiny model. */
  static TrainSettings settings(long seed, double rate) {
    return new TrainSettings(8, STEPS, 2, rate, 0.2, 0.9, 0.999, 1e-8, 0, seed);
  }

  /** The same training from another start. */
  static Training from(Training training, WeightsRef start) {
    return new Training(
        training.space(),
        training.dataset(),
        training.template(),
        training.settings(),
        start,
        training.replicas(),
        training.roundSteps());
  }

  /** The same training with an alignment. */
  static Training aligned(Training training, Alignment alignment) {
    return new Training(
        training.space(),
        training.dataset(),
        training.template(),
        training.settings(),
        training.start(),
        training.replicas(),
        training.roundSteps(),
        alignment);
  }

  static TrainingArea area(StoreLocation store, Training training) {
    DatasetRecord dataset = ModelStore.open(store).records().dataset(training.dataset());
    return new TrainingArea(store, training.inputs(dataset));
  }

  /** Throws an exception that ends the driver thread, if now is true. */
  static void stop(boolean now) {
    if (now) {
      throw new UncheckedIOException(new IOException("the driver dies here"));
    }
  }

  static float[] floats(StoreLocation location, Digest blob) {
    ModelStore store = ModelStore.open(location);
    return store.blobs().readFloats(store.blobs().get(blob));
  }
}
