package dev.braid.driver.merging;

import dev.braid.store.file.LocalDisk;
import org.apache.hadoop.fs.Path;

/** A local disk without fsync, for a store that only this process reads. */
public final class HastyDisk extends LocalDisk {
  @Override
  public void force(Path folder) {}
}
