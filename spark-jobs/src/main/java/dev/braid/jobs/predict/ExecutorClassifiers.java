package dev.braid.jobs.predict;

import dev.braid.inference.classify.BraidModel;
import dev.braid.inference.classify.PictureClassifier;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.tensor.Device;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The classifiers of this JVM, shared by its tasks. Its models stay in memory, in bounded number,
 * for the tasks that follow.
 */
final class ExecutorClassifiers {
  private static final int KEPT = 4;
  private static final Map<ModelKey, BraidModel> MODELS = new LinkedHashMap<>();
  private static final Map<Key, PictureClassifier> CLASSIFIERS =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, PictureClassifier> eldest) {
          return size() > KEPT;
        }
      };

  private record ModelKey(StoreLocation store, Device device, int openExperts) {}

  private record Key(ModelKey models, PredictedModel model) {}

  private ExecutorClassifiers() {}

  /** The classifier of a version; the first task of this JVM that asks reads its statistics. */
  static synchronized PictureClassifier of(
      StoreLocation store, Device device, int openExperts, PredictedModel model) {
    ModelKey models = new ModelKey(store, device, openExperts);
    return CLASSIFIERS.computeIfAbsent(
        new Key(models, model),
        missing ->
            MODELS
                .computeIfAbsent(models, unopened -> BraidModel.open(store, device, openExperts))
                .version(model.version(), model.digest())
                .classifier()
                .candidates(model.candidates())
                .topK(model.topK())
                .build());
  }
}
