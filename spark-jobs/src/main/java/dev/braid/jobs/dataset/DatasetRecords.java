package dev.braid.jobs.dataset;

import dev.braid.model.Digest;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.ModelStore;
import java.util.HashMap;
import java.util.Map;

/** The records of a store's data sets, each read and parsed once; for one thread. */
public final class DatasetRecords {
  private final ModelStore store;
  private final Map<Digest, DatasetRecord> read = new HashMap<>();

  public DatasetRecords(ModelStore store) {
    this.store = store;
  }

  /** The data set's record of this digest. */
  public DatasetRecord get(Digest dataset) {
    return read.computeIfAbsent(dataset, store.records()::dataset);
  }
}
