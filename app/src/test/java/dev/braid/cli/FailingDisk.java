package dev.braid.cli;

import dev.braid.store.file.LocalDisk;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Progressable;

/** A local disk that has a fault. */
public final class FailingDisk extends LocalDisk {
  /** The option that says which. */
  static final String FAULT = "braid.test.fault";

  /** What is wrong with a disk. */
  enum Fault {
    /** Nothing more can be written. */
    FULL,
    /** It was mounted again for reading alone, as a kernel does after an error. */
    READ_ONLY,
    /** Objects cannot be read. */
    UNREADABLE,
    /** Whenever a version is about to be published, somebody else publishes one. */
    CONTESTED
  }

  private Fault fault() {
    return getConf().getEnum(FAULT, Fault.FULL);
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
    return switch (fault()) {
        // The system's own file that is always full: the error is the kernel's.
      case FULL ->
          super.create(new Path("/dev/full"), true, bufferSize, replication, blockSize, progress);
      case READ_ONLY -> throw new FileNotFoundException(file + " (Read-only file system)");
      default -> super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    };
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    if (fault() == Fault.UNREADABLE && file.toString().contains("/objects/")) {
      // This process' memory at 0, which even root cannot read.
      return super.open(new Path("/proc/self/mem"), bufferSize);
    }
    return super.open(file, bufferSize);
  }

  @Override
  public boolean link(Path file, Path name) throws IOException {
    if (fault() == Fault.CONTESTED && name.toString().contains("/versions/")) {
      java.nio.file.Files.copy(
          java.nio.file.Path.of(file.toUri().getPath()),
          java.nio.file.Path.of(name.toUri().getPath()));
    }
    return super.link(file, name);
  }
}
