package dev.braid.driver.merging;

import dev.braid.store.file.LocalDisk;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** A local disk that refuses once to open a file, and records which files were opened. */
public final class OnceFailingDisk extends LocalDisk {
  private static final String NONE = "";
  private static final List<String> OPENED = new CopyOnWriteArrayList<>();
  private static final AtomicReference<String> FAILING = new AtomicReference<>(NONE);

  /** Clears the record and refuses the next attempt to open the file of this name. */
  static void refuse(String name) {
    OPENED.clear();
    FAILING.set(name);
  }

  /** The name of every opened file, once per opening. */
  static List<String> opened() {
    return List.copyOf(OPENED);
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    String name = file.getName();
    OPENED.add(name);
    if (name.equals(FAILING.getAndUpdate(failing -> failing.equals(name) ? NONE : failing))) {
      throw new IOException("Protocol error"); // not a transient error: it ends the shard's task
    }
    return super.open(file, bufferSize);
  }
}
