package dev.braid.store.file;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** Puts files under their names, each in one step that survives a loss of power. */
final class Placement {
  private final FileSystem files;
  private final Path root;
  private final Set<Path> durable;

  /**
   * Placement below a root.
   *
   * @param durable folders whose entries have been forced to the disk
   */
  Placement(FileSystem files, Path root, Set<Path> durable) {
    this.files = files;
    this.root = root;
    this.durable = durable;
  }

  /** Placement below another root of the same file system. */
  Placement below(Path other) {
    return new Placement(files, other, durable);
  }

  boolean link(Path from, Path to) {
    return place(to, () -> Retry.on(files, again -> ((LocalDisk) files).link(from, to)));
  }

  boolean moveIfFree(Path from, Path to) {
    return place(
        to,
        () -> {
          if (files.rename(from, to)) {
            return true;
          }
          checkMoved(files.exists(to), from);
          return false;
        });
  }

  void move(Path from, Path to) {
    place(
        to,
        () -> {
          replace(from, to);
          return true;
        });
  }

  boolean createIfFree(Path file, byte[] content) {
    return place(
        file,
        () -> {
          try {
            createConditionally(file, content);
            return true;
          } catch (IOException e) {
            if (files.exists(file)) {
              return false;
            }
            throw e;
          }
        });
  }

  private void createConditionally(Path file, byte[] content) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(file);
    builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    FSDataOutputStream out = builder.build();
    try {
      out.write(content);
    } catch (IOException e) {
      out.abort(); // closing would show a part of the content
      throw e;
    }
    out.close(); // the one atomic step: nothing is visible before it
  }

  private interface Step {
    boolean run() throws IOException;
  }

  /** Creates the target's folder, runs the step, and forces the target's entry to the disk. */
  private boolean place(Path target, Step step) {
    try {
      makeFolder(target.getParent());
      boolean isPlaced = step.run();
      force(target.getParent());
      return isPlaced;
    } catch (IOException e) {
      throw new StoreAccessException("write", target, e);
    }
  }

  private void replace(Path from, Path target) throws IOException {
    if (files instanceof DistributedFileSystem hdfs) {
      hdfs.rename(from, target, Rename.OVERWRITE);
    } else if (!Retry.on(
        files, again -> (again && isMoved(from, target)) || files.rename(from, target))) {
      // an object store replaces nothing
      files.delete(target, /* recursive= */ false);
      checkMoved(files.rename(from, target), from);
    }
  }

  private boolean isMoved(Path from, Path target) throws IOException {
    return !files.exists(from) && files.exists(target);
  }

  private static void checkMoved(boolean isMoved, Path from) throws IOException {
    if (!isMoved) {
      throw new IOException("the file system refused to move " + from + " there");
    }
  }

  /*
   * Another process may have created a folder without having forced its entry to the disk yet, so
   * a process that places a file in the folder does that itself, once. A folder is durable when
   * this process has forced the entries from the folder up to the root, and above a new root up to
   * the first folder that existed before.
   */
  void makeFolder(Path folder) throws IOException {
    boolean isThere = exists(folder);
    if (isThere && (durable.contains(folder) || folder.depth() <= root.depth())) {
      return;
    }
    makeFolder(folder.getParent());
    if (!isThere && !Retry.on(files, again -> files.mkdirs(folder)) && !exists(folder)) {
      throw new IOException("the folder " + folder + " cannot be created");
    }
    force(folder.getParent());
    durable.add(folder);
  }

  private boolean exists(Path path) throws IOException {
    return Retry.on(files, again -> files.exists(path));
  }

  /** Returns when the entries of a folder are on the disk. */
  void force(Path folder) throws IOException {
    if (files instanceof LocalDisk disk) {
      Retry.on(
          files,
          again -> {
            disk.force(folder);
            return folder;
          });
    }
  }
}
