package dev.braid.cli;

import dev.braid.model.LineId;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.Versions;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.file.LocalDisk;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
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
    CONTESTED,
    /**
     * Whenever a version would follow another one, another process makes the line move on first.
     */
    OVERTAKEN
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
    if (fault() == Fault.OVERTAKEN && name.toString().contains("/versions/")) {
      moveOn(name.getParent());
    }
    return super.link(file, name);
  }

  /** Publishes the head's content again as the next version. */
  private static void moveOn(Path versions) throws IOException {
    Path root = versions.getParent().getParent();
    Versions line =
        ModelStore.open(StoreLocation.of(root.toUri().getPath()))
            .versions(new LineId(versions.getName()));
    Optional<Version> head = line.head();
    if (head.isPresent()) {
      try {
        var unused = line.commit(next(head.get()));
      } catch (CommitConflictException e) {
        throw new IOException("nobody else publishes", e);
      }
    }
  }

  private static Version next(Version head) {
    return new Version(
        head.line(),
        head.number() + 1,
        OptionalInt.of(head.number()),
        head.time(),
        "move on",
        head.model(),
        head.taken(),
        head.setAside(),
        head.evaluation(),
        head.provenance());
  }
}
