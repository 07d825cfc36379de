package dev.braid.jobs.encode;

import dev.braid.jobs.dataset.DatasetRecords;
import dev.braid.model.Digest;
import dev.braid.model.record.Features;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.store.FeatureChunk;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The features that a store holds, by the inputs of their encoding; for one thread.
 *
 * <p>Features that were found are remembered, so each is looked up once.
 */
public final class StoredFeatures {
  private final ModelStore store;
  private final DatasetRecords datasets;
  private final Memo memo;
  private final Map<Digest, Features> found = new HashMap<>();

  public StoredFeatures(ModelStore store, DatasetRecords datasets) {
    this.store = store;
    this.datasets = datasets;
    this.memo =
        new Memo(
            store,
            EncodeRequest.STAGE.name(),
            receipt -> FeatureChunk.contains(store.objects(), load(receipt)));
  }

  /** The digest of everything that the features of a request depend on. */
  public Digest inputs(EncodeRequest encodeRequest) {
    return encodeRequest.inputs(store, datasets);
  }

  /** The features of this request; empty if any of their chunks is not in the store. */
  public Optional<Features> find(EncodeRequest encodeRequest) {
    return find(inputs(encodeRequest));
  }

  /** The features of these inputs; empty if any of their chunks is not in the store. */
  Optional<Features> find(Digest inputs) {
    Optional<Features> known = Optional.ofNullable(found.get(inputs));
    return known.isPresent() ? known : memo.find(inputs).map(receipt -> remember(inputs, receipt));
  }

  /** Records features unless there are some, and returns those in the store. */
  public Features record(Digest inputs, Features features, SortedMap<String, String> provenance) {
    Map<Output, Digest> outputs = Map.of(Output.FEATURES, store.records().put(features));
    return remember(inputs, memo.record(inputs, outputs, provenance));
  }

  private Features remember(Digest inputs, Receipt receipt) {
    Features features = load(receipt);
    found.put(inputs, features);
    return features;
  }

  private Features load(Receipt receipt) {
    return store.records().features(receipt.output(Output.FEATURES));
  }
}
