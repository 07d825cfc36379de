package dev.braid.inference;

import dev.braid.model.Digest;
import dev.braid.model.record.Features;
import dev.braid.model.record.Output;
import dev.braid.store.FeatureChunk;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import dev.braid.store.StageVersion;
import java.util.List;
import java.util.Optional;

/** The class weights that a store holds: those that an evaluation or a prediction has needed. */
public final class StoredClassWeights {
  /** The stage that encodes pictures and class names. */
  public static final StageVersion STAGE = new StageVersion("encode", 1);

  private StoredClassWeights() {}

  /** The digest of everything that the class weights of a model depend on. */
  public static Digest inputs(
      ModelStore store, WeightsRef weights, List<String> names, List<String> templates) {
    return Digest.of(
        STAGE
            .inputs()
            .with("base", store.baseDigest())
            .with("weights", weights.key())
            .with("class-names", names)
            .with("templates", templates)
            .bytes());
  }

  /** One unit vector for each class, if the store has them. */
  public static Optional<float[][]> find(
      ModelStore store, WeightsRef weights, LabelSpace.Task classes) {
    return new Memo(store, STAGE.name())
        .find(inputs(store, weights, classes.classNames(), classes.templates()))
        .map(receipt -> store.records().features(receipt.output(Output.FEATURES)))
        .filter(features -> FeatureChunk.contains(store.objects(), features))
        .map(features -> read(store, features));
  }

  private static float[][] read(ModelStore store, Features features) {
    return FeatureChunk.read(features, 0, store.objects()).vectors();
  }
}
