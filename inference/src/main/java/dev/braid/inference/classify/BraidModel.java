package dev.braid.inference.classify;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.Versions;
import dev.braid.vlm.tensor.Device;
import java.util.List;
import java.util.Optional;

/**
 * The models of a store, for a program that classifies pictures.
 *
 * <pre>{@code
 * try (BraidModel model = BraidModel.open(StoreLocation.of("/data/braid"))) {
 *   PictureClassifier classifier = model.head(LineId.MAIN).classifier().build();
 *   List<Prediction> predictions = classifier.classify(pictures);
 * }
 * }</pre>
 *
 * <p>The base and a bounded number of experts are in memory at once; when another expert is needed,
 * the least recently used one that is idle is closed, and threads wait until one is. All threads of
 * a program share one instance. Closing it frees the memory of its models.
 */
public final class BraidModel implements AutoCloseable {
  /** The number of experts in memory, unless the program chooses it. */
  public static final int OPEN_EXPERTS = 2;

  private static final int ENCODED_TOGETHER = 64;

  private final ModelStore store;
  private final Models models;

  private BraidModel(ModelStore store, Models models) {
    this.store = store;
    this.models = models;
  }

  /**
   * Opens a store, to classify on the CPU with {@link #OPEN_EXPERTS} experts in memory.
   *
   * @throws IllegalArgumentException if there is no store
   */
  public static BraidModel open(StoreLocation location) {
    return open(location, Device.CPU, OPEN_EXPERTS);
  }

  /**
   * Opens a store.
   *
   * @param openExperts the largest number of experts in memory at once, besides the base
   * @throws IllegalArgumentException if there is no store
   */
  public static BraidModel open(StoreLocation location, Device device, int openExperts) {
    return open(location, device, openExperts, ENCODED_TOGETHER);
  }

  /**
   * Opens a store, to encode at most so many pictures of a request together. If it is one, the
   * prediction for a picture depends on no other picture, to the last bit.
   *
   * @param openExperts the largest number of experts in memory at once, besides the base
   * @throws IllegalArgumentException if there is no store
   */
  public static BraidModel open(
      StoreLocation location, Device device, int openExperts, int encodedTogether) {
    ModelStore store = ModelStore.open(location);
    return new BraidModel(
        store, new Models(store.location(), device, openExperts, encodedTogether));
  }

  /** The lines that have a version, in alphabetical order. */
  public List<LineId> lines() {
    return store.lines();
  }

  /** Whether the store can be read now, and is still the one that was opened. */
  public boolean isReadable() {
    try {
      return store.isStillHere();
    } catch (RuntimeException e) { // a file system's, or damaged JSON
      return false;
    }
  }

  /** What the newest version of a line says, without opening it. */
  public Optional<Version> newest(LineId line) {
    return store.versions(line).head();
  }

  /** What a version of a line says, without opening it. */
  public Optional<Version> find(LineId line, int number) {
    return store.versions(line).find(number);
  }

  /**
   * The newest version of a line now.
   *
   * @throws IllegalArgumentException if the line has no version
   */
  public ModelVersion head(LineId line) {
    return version(
        store
            .versions(line)
            .head()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Line %s has no version yet (see 'braid status')".formatted(line))));
  }

  /**
   * A version of a line.
   *
   * @throws IllegalArgumentException if the line has no such version, or garbage collection has
   *     marked it for deletion
   */
  public ModelVersion version(LineId line, int number) {
    Versions versions = store.versions(line);
    Version version =
        versions
            .find(number)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Line %s has no version %s ('braid log' lists them)"
                            .formatted(line, number)));
    if (versions.isBeingDeleted(number)) {
      throw new IllegalArgumentException(
          "Version %s of line %s is being deleted by 'braid gc' (choose a newer one, or keep more versions with braid.gc.keep and run 'braid gc --apply')"
              .formatted(number, line));
    }
    return version(version);
  }

  private ModelVersion version(Version version) {
    return version(version.number(), version.model());
  }

  /**
   * A version that the caller has read already.
   *
   * @param digest of its model
   */
  public ModelVersion version(int number, Digest digest) {
    return new ModelVersion(models, number, digest);
  }

  /** The number of experts in memory now. */
  public int openExperts() {
    return models.openExperts();
  }

  @Override
  public void close() {
    models.close();
  }
}
