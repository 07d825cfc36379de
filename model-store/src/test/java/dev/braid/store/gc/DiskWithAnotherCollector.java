package dev.braid.store.gc;

import dev.braid.store.file.LocalDisk;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** A disk on which another process deletes a file at the moment when it is read. */
public final class DiskWithAnotherCollector extends LocalDisk {
  /** The option with a part of the paths that are deleted when read, and all versions with them. */
  static final String GOING = "braid.test.going";

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    String path = file.toUri().getPath();
    if (path.contains(getConf().get(GOING))) {
      super.delete(new Path(path.replaceFirst("/store/.*", "/store/versions")), true);
      super.delete(file, false);
    }
    return super.open(file, bufferSize);
  }
}
