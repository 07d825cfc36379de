package dev.braid.driver.merging;

import dev.braid.model.Digest;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.Output;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import dev.braid.store.json.ModelParser;
import java.util.Map;
import java.util.SortedMap;

/** The stored merge healths, found by the model without its rule, on which alone they depend. */
public final class MergeHealths {
  /** Has no number: the inputs of its receipts are the digest of the model alone. */
  private static final String STAGE = "merge-health";

  private final ModelStore store;
  private final Memo memo;

  /** The healths of a store. */
  public MergeHealths(ModelStore store) {
    this.store = store;
    this.memo = new Memo(store, STAGE);
  }

  /** The health of the model; {@link MergeHealth#NONE} if none was stored. */
  public MergeHealth of(ModelRecord model) {
    return memo.find(Digest.of(ModelParser.toJson(model.withoutRule())))
        .map(receipt -> read(receipt.output(Output.HEALTH)))
        .orElse(MergeHealth.NONE);
  }

  /** The stored health with this digest. */
  MergeHealth read(Digest health) {
    return store.records().health(health);
  }

  /** Stores a health. */
  Digest put(MergeHealth health) {
    return store.records().put(health);
  }

  /** Assigns a stored health to a model. */
  void store(Digest model, Digest health, SortedMap<String, String> provenance) {
    var unused = memo.record(model, Map.of(Output.HEALTH, health), provenance);
  }
}
