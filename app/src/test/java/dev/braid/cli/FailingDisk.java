package dev.braid.cli;

import dev.braid.store.file.LocalDisk;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Progressable;

/** A local disk with a fault. */
public final class FailingDisk extends LocalDisk {
  /** The option that chooses the fault. */
  static final String FAULT = "braid.test.fault";

  /** The faults. */
  enum Fault {
    /** Nothing more can be written. */
    FULL,
    /** The disk was remounted read-only, as a kernel does after an error. */
    READ_ONLY,
    /** Objects cannot be read. */
    UNREADABLE,
    /** Whenever a version is about to be published, another process publishes one. */
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
        // A device that is always full, so the error is the kernel's.
      case FULL ->
          super.create(new Path("/dev/full"), true, bufferSize, replication, blockSize, progress);
      case READ_ONLY -> throw new FileNotFoundException(file + " (Read-only file system)");
      default -> super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    };
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    if (fault() == Fault.UNREADABLE && file.toString().contains("/objects/")) {
      // This process's memory at 0, which even root cannot read.
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
