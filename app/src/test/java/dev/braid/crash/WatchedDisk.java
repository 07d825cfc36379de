package dev.braid.crash;

import dev.braid.store.file.LocalDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A local disk that records its changes in order. */
public final class WatchedDisk extends LocalDisk {
  /** The changes to all such disks of this process; locked during each change. */
  private static final List<Op> OPS = new ArrayList<>();

  /** Takes the changes since the last call, with paths below the root. */
  static List<Op> take(java.nio.file.Path root) {
    synchronized (OPS) {
      List<Op> taken =
          OPS.stream()
              .map(op -> new Op(op.kind(), below(root, op.path()), below(root, op.detail())))
              .toList();
      OPS.clear();
      return taken;
    }
  }

  private static String below(java.nio.file.Path root, String path) {
    String prefix = root + "/";
    return path.equals(root.toString())
        ? ""
        : path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }

  /** Consecutive writes to one file count as one. */
  private static void addWritten(String name, byte[] bytes) {
    int last = OPS.size() - 1;
    Op before = last < 0 ? Op.of(Op.Kind.FORCE, "") : OPS.get(last);
    if (before.kind() == Op.Kind.WRITE && before.path().equals(name)) {
      OPS.set(last, before.followedBy(bytes));
    } else {
      OPS.add(Op.write(name, bytes));
    }
  }

  private static String name(Path path) {
    return path.toUri().getPath();
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
    synchronized (OPS) {
      FSDataOutputStream out =
          super.create(file, overwrite, bufferSize, replication, blockSize, progress);
      OPS.add(Op.of(Op.Kind.CREATE, name(file)));
      return new FSDataOutputStream(new Watched(name(file), out), null);
    }
  }

  @Override
  protected boolean mkOneDirWithMode(Path folder, java.io.File file, FsPermission permission)
      throws IOException {
    synchronized (OPS) {
      boolean isMade = super.mkOneDirWithMode(folder, file, permission);
      if (isMade) {
        OPS.add(Op.of(Op.Kind.MAKE_FOLDER, name(folder)));
      }
      return isMade;
    }
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    synchronized (OPS) {
      boolean isMoved = super.rename(from, to);
      if (isMoved) {
        OPS.add(new Op(Op.Kind.RENAME, name(from), name(to)));
      }
      return isMoved;
    }
  }

  @Override
  public boolean link(Path file, Path name) throws IOException {
    synchronized (OPS) {
      boolean isLinked = super.link(file, name);
      if (isLinked) {
        OPS.add(new Op(Op.Kind.LINK, name(file), name(name)));
      }
      return isLinked;
    }
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    synchronized (OPS) {
      boolean isDeleted = super.delete(path, recursive);
      if (isDeleted) {
        OPS.add(Op.of(Op.Kind.DELETE, name(path)));
      }
      return isDeleted;
    }
  }

  @Override
  public void force(Path folder) throws IOException {
    synchronized (OPS) {
      super.force(folder);
      OPS.add(Op.of(Op.Kind.FORCE, name(folder)));
    }
  }

  /** A file being written. */
  private static final class Watched extends OutputStream implements Syncable, StreamCapabilities {
    private final String name;
    private final FSDataOutputStream out;

    Watched(String name, FSDataOutputStream out) {
      this.name = name;
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      synchronized (OPS) {
        out.write(bytes, offset, length);
        addWritten(name, Arrays.copyOfRange(bytes, offset, offset + length));
      }
    }

    @Override
    public void hflush() throws IOException {
      hsync();
    }

    @Override
    public void hsync() throws IOException {
      synchronized (OPS) {
        out.hsync();
        OPS.add(Op.of(Op.Kind.SYNC, name));
      }
    }

    @Override
    public boolean hasCapability(String capability) {
      return out.hasCapability(capability);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
