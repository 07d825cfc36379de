package dev.braid.bench.evaluate;

import dev.braid.store.file.LocalDisk;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** A local disk without fsync that counts how often each file is opened to be read. */
public final class CountingDisk extends LocalDisk {
  /** The number of times by the file's name, of all such disks of this process. */
  static final Map<String, Integer> OPENED = new ConcurrentHashMap<>();

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    OPENED.merge(file.getName(), 1, Integer::sum);
    return super.open(file, bufferSize);
  }

  @Override
  public void force(Path folder) {}
}
