package dev.braid.store.file;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Progressable;

/**
 * A local disk whose operations fail the first time on some paths, before or after they have done
 * their work.
 */
public final class FlakyDisk extends LocalDisk {
  /** The option with the text of its errors. */
  static final String ERROR = "braid.test.error";

  /** The option with how often an operation fails on a path. */
  static final String TIMES = "braid.test.times";

  private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();
  private static final AtomicInteger FAILURES = new AtomicInteger();

  private interface Operation<T> {
    T run() throws IOException;
  }

  /** The number of errors so far, of all such disks of this process. */
  public static int failures() {
    return FAILURES.get();
  }

  private <T> T flaky(String kind, Path path, Operation<T> operation) throws IOException {
    String name = kind + " " + path.toUri().getPath();
    int chance = Math.floorMod(name.hashCode(), 16);
    for (int time = 0; time < getConf().getInt(TIMES, 1) && chance < 4; time++) {
      if (FAILED.add(name + " " + time)) {
        if (chance % 2 == 0) {
          var unused = operation.run();
        }
        FAILURES.incrementAndGet();
        throw new IOException(getConf().get(ERROR, "Input/output error"));
      }
    }
    return operation.run();
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    return flaky("open", file, () -> super.open(file, bufferSize));
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return flaky(
        "create",
        file,
        () -> super.create(file, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    return flaky("list", folder, () -> super.listStatus(folder));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return flaky("rename", to, () -> super.rename(from, to));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return flaky("delete", path, () -> super.delete(path, recursive));
  }

  @Override
  public boolean mkdirs(Path folder) throws IOException {
    return flaky("mkdirs", folder, () -> super.mkdirs(folder));
  }

  @Override
  public boolean link(Path file, Path name) throws IOException {
    return flaky("link", name, () -> super.link(file, name));
  }

  @Override
  public void force(Path folder) throws IOException {
    var unused =
        flaky(
            "force",
            folder,
            () -> {
              super.force(folder);
              return folder;
            });
  }
}
