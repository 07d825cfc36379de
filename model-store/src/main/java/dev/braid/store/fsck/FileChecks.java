package dev.braid.store.fsck;

import dev.braid.store.StoreLocation;
import java.util.ArrayList;
import java.util.List;

/** Reads the files of a store, on one machine or on many. */
public interface FileChecks {
  /** Reads in this thread, one batch after the other. */
  FileChecks LOCAL =
      new FileChecks() {
        @Override
        public int parallelism() {
          return 1;
        }

        @Override
        public List<BrokenFile> run(StoreLocation store, List<Batch> batches) {
          List<BrokenFile> broken = new ArrayList<>();
          batches.forEach(batch -> broken.addAll(batch.check(store)));
          return broken;
        }
      };

  /** The number of batches that are read at the same time. */
  int parallelism();

  /** The broken files of the batches. */
  List<BrokenFile> run(StoreLocation store, List<Batch> batches);
}
