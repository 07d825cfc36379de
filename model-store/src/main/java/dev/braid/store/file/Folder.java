package dev.braid.store.file;

import dev.braid.model.Digest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A folder of any Hadoop file system; its files are named by relative paths such as "a/b.json". */
public final class Folder {
  /*
   * On file: the raw local file system is used, because the checksummed one leaves a hidden .crc
   * file next to every file. A file is forced to the disk before it is moved into place, and the
   * local folder that receives it afterwards: what was acknowledged survives a loss of power.
   * (HDFS journals its entries, an object store has none.)
   */

  /** How many bytes are read or written at once; they stay in a processor's cache to be hashed. */
  public static final int BUFFER = 1 << 16;

  private final FileSystem files;
  private final Path root;
  private final Placement placement;

  private Folder(FileSystem files, Path root, Placement placement) {
    this.files = files;
    this.root = root;
    this.placement = placement;
  }

  /**
   * The folder of this path, which need not exist.
   *
   * @param root any Hadoop path; one without a scheme is local
   * @param options Hadoop's settings for the file system
   */
  public static Folder of(String root, Map<String, String> options) {
    Path path = new Path(root);
    try {
      FileSystem files = FileSystems.open(path, options);
      Path qualified = files.makeQualified(path);
      return new Folder(
          files, qualified, new Placement(files, qualified, ConcurrentHashMap.newKeySet()));
    } catch (IOException e) {
      throw new StoreAccessException("open", root, e);
    }
  }

  /** True if it is on the local disk. */
  public boolean isLocal() {
    return files instanceof LocalDisk;
  }

  /** The folder inside this one. */
  public Folder folder(String name) {
    return new Folder(files, path(name), placement.below(path(name)));
  }

  /** The folder's path in the form that Spark, Hadoop and people understand. */
  @Override
  public String toString() {
    return root.toString();
  }

  /** The path of a file in the same form. */
  public String location(String name) {
    return path(name).toString();
  }

  /** True if the file exists. */
  public boolean contains(String name) {
    return entry(name).isPresent();
  }

  /** The file's entry as a listing shows it, or nothing if the file does not exist. */
  public Optional<FileEntry> entry(String name) {
    try {
      return Optional.of(entry(name, patiently(again -> files.getFileStatus(path(name)))));
    } catch (FileNotFoundException absent) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreAccessException("look for", path(name), e);
    }
  }

  private static FileEntry entry(String name, FileStatus status) {
    return new FileEntry(name, status.getLen(), Instant.ofEpochMilli(status.getModificationTime()));
  }

  /** The content of a small file, or nothing if the file does not exist. */
  public Optional<byte[]> read(String name) {
    try {
      return readIfThere(name);
    } catch (IOException e) {
      throw new StoreAccessException("read", path(name), e);
    }
  }

  private Optional<byte[]> readIfThere(String name) throws IOException {
    try {
      return Optional.of(bytes(name));
    } catch (FileNotFoundException e) { // Java throws it for a file that may not be opened, too
      return contains(name) ? Optional.of(bytes(name)) : Optional.empty(); // or just created
    }
  }

  private byte[] bytes(String name) throws IOException {
    return patiently(
        again -> {
          try (FSDataInputStream in = files.open(path(name))) {
            return in.readAllBytes();
          }
        });
  }

  /**
   * The content of a file of this length.
   *
   * @param hasher updated piece by piece, while the piece is in the processor's cache
   */
  public byte[] read(String name, int length, MessageDigest hasher) {
    byte[] bytes = new byte[length];
    try {
      return patiently(
          again -> {
            hasher.reset();
            try (FSDataInputStream in = files.open(path(name))) {
              int count;
              for (int start = 0; start < length; start += count) {
                count = Math.min(BUFFER, length - start);
                in.readFully(bytes, start, count);
                hasher.update(bytes, start, count);
              }
              return bytes;
            }
          });
    } catch (IOException e) {
      throw new StoreAccessException("read", path(name), e);
    }
  }

  /** Opens a file for reading at any position. */
  public FSDataInputStream open(String name) {
    try {
      return patiently(again -> files.open(path(name)));
    } catch (IOException e) {
      throw new StoreAccessException("read", path(name), e);
    }
  }

  /** Opens a file of the local disk for one pass from its first byte to its last. */
  public InputStream stream(String name) {
    try {
      return new PatientInput(() -> files.open(path(name)));
    } catch (IOException e) {
      throw new StoreAccessException("read", path(name), e);
    }
  }

  /** The SHA-256 of a file's bytes. */
  public Digest digest(String name) {
    MessageDigest hasher = Digest.sha256();
    try (InputStream in = open(name)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hasher.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new StoreAccessException("read", path(name), e);
    }
    return Digest.finish(hasher);
  }

  /** The names of a folder's entries in alphabetical order; none if the folder does not exist. */
  public List<String> names(String name) {
    try {
      FileStatus[] found = list(name);
      return Arrays.stream(found).map(status -> status.getPath().getName()).sorted().toList();
    } catch (FileNotFoundException absent) {
      return List.of();
    } catch (IOException e) {
      throw new StoreAccessException("list", path(name), e);
    }
  }

  /** All files below a folder of this one; none if the folder does not exist. */
  public List<FileEntry> walk(String name) {
    List<FileEntry> found = new ArrayList<>();
    walk(name, found);
    return found;
  }

  private void walk(String name, List<FileEntry> found) {
    try {
      for (FileStatus status : list(name)) {
        String inside = name + "/" + status.getPath().getName();
        if (status.isDirectory()) {
          walk(inside, found);
        } else {
          found.add(entry(inside, status));
        }
      }
    } catch (FileNotFoundException absent) { // or just deleted by another process
      return;
    } catch (IOException e) {
      throw new StoreAccessException("list", path(name), e);
    }
  }

  private FileStatus[] list(String name) throws IOException {
    return patiently(again -> files.listStatus(path(name)));
  }

  /** The time of the clock that dates the files, read from a file that is created and deleted. */
  public Instant now(String name) {
    create(name).close();
    try {
      return entry(name).orElseThrow(() -> gone(name)).modified();
    } finally {
      delete(name);
    }
  }

  private StoreAccessException gone(String name) {
    return new StoreAccessException("read", path(name), new FileNotFoundException("it is gone"));
  }

  /** Starts a new file, with the folders it needs; it is reliable only after it is placed. */
  public NewFile create(String name) {
    Path path = path(name);
    try {
      placement.makeFolder(path.getParent());
      return new NewFile(
          path, patiently(again -> files.create(path, /* overwrite= */ again, BUFFER)));
    } catch (IOException e) {
      throw new StoreAccessException("write", path, e);
    }
  }

  /**
   * Gives a finished file of the local disk a second name, in one step; false if it is taken.
   *
   * <p>A file for which this returned true survives a loss of power.
   */
  public boolean link(String from, String to) {
    return placement.link(path(from), path(to));
  }

  /**
   * Moves a finished file to a name, in one step; false if it is taken.
   *
   * <p>Only for file systems whose renaming never replaces a file, such as HDFS.
   */
  public boolean moveIfFree(String from, String to) {
    return placement.moveIfFree(path(from), path(to));
  }

  /** Moves a finished file to its place; locally and on HDFS it replaces another in one step. */
  public void move(String from, String to) {
    placement.move(path(from), path(to));
  }

  /**
   * Creates a file with this content, in one step; false if the name is taken.
   *
   * <p>Only for object stores with a conditional create, such as S3. If the answer is lost, this
   * may return false to the process that created the file; the process then behaves as if another
   * one had been faster.
   */
  public boolean createIfFree(String name, byte[] content) {
    return placement.createIfFree(path(name), content);
  }

  /** Returns when a file's entry in its folder is on the disk, whichever process created it. */
  public void forceEntry(String name) {
    try {
      placement.force(path(name).getParent());
    } catch (IOException e) {
      throw new StoreAccessException("write", path(name), e);
    }
  }

  /** Deletes a file, or a folder with all its contents, if it exists. */
  public void delete(String name) {
    try {
      patiently(again -> files.delete(path(name), /* recursive= */ true));
    } catch (IOException e) {
      throw new StoreAccessException("delete", path(name), e);
    }
  }

  private Path path(String name) {
    return name.isEmpty() ? root : new Path(root, name);
  }

  private <T> T patiently(Retry.Operation<T> operation) throws IOException {
    return Retry.on(files, operation);
  }
}
