package dev.braid.store.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.ReflectionUtils;

/** The local file system with the operations that a commit needs and Hadoop's lacks. */
public class LocalDisk extends RawLocalFileSystem {
  /** The option that names another class of local disk, such as one that fails deliberately. */
  public static final String CLASS = "braid.local-disk.class";

  /** Opens the disk, in the class that the options name. */
  static LocalDisk open(Map<String, String> options) throws IOException {
    Configuration configuration = new Configuration(/* loadDefaults= */ false);
    options.forEach(configuration::set);
    LocalDisk disk =
        ReflectionUtils.newInstance(
            configuration.getClass(CLASS, LocalDisk.class, LocalDisk.class), configuration);
    disk.initialize(URI.create("file:///"), configuration);
    return disk;
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    return new FSDataInputStream(new LocalInput(super.open(file, bufferSize)));
  }

  /** Sets a file's mode directly: without its native library Hadoop starts a chmod each time. */
  @Override
  public void setPermission(Path file, FsPermission permission) throws IOException {
    Files.setAttribute(local(file), "unix:mode", (int) permission.toShort());
  }

  /** Like Hadoop's, except that a file it may not query is an error; Hadoop calls it absent. */
  @Override
  public FileStatus getFileStatus(Path file) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(local(file), BasicFileAttributes.class); // follows links
      return new FileStatus(
          found.isDirectory() ? 0 : found.size(),
          found.isDirectory(),
          /* block_replication= */ 1,
          getDefaultBlockSize(file),
          found.lastModifiedTime().toMillis(),
          makeQualified(file));
    } catch (NoSuchFileException e) {
      throw absent(file, e);
    } catch (AccessDeniedException e) { // its message is only the path
      throw new IOException("Permission denied", e);
    } catch (FileSystemException e) {
      throw leadsThroughAFile(local(file)) ? absent(file, e) : e;
    }
  }

  /** Java has no class for this error, and its text depends on the language of the process. */
  private static boolean leadsThroughAFile(java.nio.file.Path path) {
    for (var parent = path.getParent(); parent != null; parent = parent.getParent()) {
      if (Files.exists(parent)) {
        return !Files.isDirectory(parent);
      }
    }
    return false;
  }

  /** Like Hadoop's, except that a folder it may not query is an error; Hadoop calls it absent. */
  @Override
  public FileStatus[] listStatus(Path file) throws IOException {
    FileStatus asked = getFileStatus(file);
    try {
      return super.listStatus(asked.getPath());
    } catch (FileNotFoundException e) {
      Path there = getFileStatus(file).getPath(); // throws if it has just been deleted
      throw new IOException("Input/output error: " + there, e);
    }
  }

  private static IOException absent(Path file, IOException cause) {
    return (IOException)
        new FileNotFoundException("File %s does not exist".formatted(file)).initCause(cause);
  }

  /**
   * Gives a file a second name; false if another file has it.
   *
   * <p>link(2) fails if the name is taken, in one step of the file system. A network file system
   * may have created the link, lost the answer and received the request again: then the name is
   * taken by this very file.
   */
  public boolean link(Path file, Path name) throws IOException {
    try {
      Files.createLink(local(name), local(file));
      return true;
    } catch (FileAlreadyExistsException taken) {
      return Files.isSameFile(local(name), local(file));
    }
  }

  /**
   * Returns when the entries of a folder are on the disk. It goes on if the thread is interrupted:
   * the file that needs this has its name already.
   */
  public void force(Path folder) throws IOException {
    boolean wasInterrupted = Thread.interrupted();
    try {
      while (!isForced(folder)) {
        wasInterrupted |= Thread.interrupted();
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** False if the thread was interrupted, which closes the channel. */
  private static boolean isForced(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(local(folder), StandardOpenOption.READ)) {
      channel.force(/* metaData= */ true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    }
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }
}
