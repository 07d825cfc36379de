package dev.braid.store.file;

import dev.braid.model.Digest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** A folder of any Hadoop file system; its files are named by relative paths such as "a/b.json". */
public final class Folder {
  /*
   * On file: the raw local file system is used, because the checksummed one leaves a hidden .crc
   * file beside every file. Files are forced to the disk before they are moved into place, and a
   * local folder that received them after it: what was acknowledged survives a loss of power.
   * (HDFS journals its entries, an object store has none.)
   */
  private static final String LOCAL = "file";
  private static final OpenFileSystems REMOTE = new OpenFileSystems();

  /** How many bytes are read or written at once; they stay in a processor's cache to be hashed. */
  public static final int BUFFER = 1 << 16;

  private final FileSystem files;
  private final Path root;
  private final Set<Path> made;

  private Folder(FileSystem files, Path root, Set<Path> made) {
    this.files = files;
    this.root = root;
    this.made = made;
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
      FileSystem files = isLocal(root) ? LocalDisk.open(options) : remote(path.toUri(), options);
      return new Folder(files, files.makeQualified(path), ConcurrentHashMap.newKeySet());
    } catch (IOException e) {
      throw new StoreAccessException("open", root, e);
    }
  }

  /** True for a path on the local disk. */
  public static boolean isLocal(String root) {
    return scheme(root).equals(LOCAL);
  }

  /** Which file system a path names, such as "hdfs"; "file" if it names none. */
  public static String scheme(String root) {
    String scheme = new Path(root).toUri().getScheme();
    return scheme == null ? LOCAL : scheme;
  }

  private static FileSystem remote(URI uri, Map<String, String> options) throws IOException {
    try {
      return REMOTE.open(uri, options);
    } catch (RuntimeException e) { // how Hadoop tells that it lacks a class, or finds no host
      if (e.getCause() instanceof ClassNotFoundException missing) {
        throw new IOException(missing.getMessage() + " (put its jar on the class path)", e);
      }
      if (e.getCause() instanceof IOException reason) {
        throw reason;
      }
      throw e;
    }
  }

  /** True if it lies on the local disk. */
  public boolean isLocal() {
    return files instanceof LocalDisk;
  }

  /** The folder inside this one. */
  public Folder folder(String name) {
    return new Folder(files, path(name), made);
  }

  /** The folder as a path that Spark, Hadoop and people understand. */
  @Override
  public String toString() {
    return root.toString();
  }

  /** A file's path, written likewise. */
  public String location(String name) {
    return path(name).toString();
  }

  /** True if the file is there. */
  public boolean contains(String name) {
    return entry(name).isPresent();
  }

  /** The file as a listing shows it, or nothing if it is not there. */
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

  /** The content of a small file, or nothing if it is not there. */
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
    } catch (FileNotFoundException e) { // or it may not be opened: Java tells it in the same way
      return contains(name) ? Optional.of(bytes(name)) : Optional.empty(); // or it has just come
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
   * @param hasher sees it piece by piece, while the piece is in the processor's cache
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

  /** Opens a file of the local disk to be read once, from front to back. */
  public InputStream stream(String name) {
    try {
      return new PatientInput(() -> files.open(path(name)));
    } catch (IOException e) {
      throw new StoreAccessException("read", path(name), e);
    }
  }

  /** The names of a folder's files and folders in alphabetical order; none if it is not there. */
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

  /** All files in a folder of this one and below; none if it is not there. */
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
    } catch (FileNotFoundException absent) { // or just gone: whoever walks walks beside others
      return;
    } catch (IOException e) {
      throw new StoreAccessException("list", path(name), e);
    }
  }

  /** What time it is by the clock that dates the files; a file of this name is made, and goes. */
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

  /** Starts a new file, with the folders it needs; nobody may rely on it before it is moved. */
  public NewFile create(String name) {
    Path path = path(name);
    try {
      makeFolder(path.getParent());
      return new NewFile(
          path, patiently(again -> files.create(path, /* overwrite= */ again, BUFFER)));
    } catch (IOException e) {
      throw new StoreAccessException("write", path, e);
    }
  }

  /**
   * Gives a finished file of the local disk a second name, in one step; false if it is taken.
   *
   * <p>What returned true survives a loss of power.
   */
  public boolean link(String from, String to) {
    return place(to, target -> patiently(again -> ((LocalDisk) files).link(path(from), target)));
  }

  /**
   * Moves a finished file to a name, in one step; false if it is taken.
   *
   * <p>Only for file systems whose renaming never replaces a file, such as HDFS.
   */
  public boolean moveIfFree(String from, String to) {
    return place(
        to,
        target -> {
          if (files.rename(path(from), target)) {
            return true;
          }
          checkMoved(files.exists(target), from);
          return false;
        });
  }

  /** Moves a finished file to its place; locally and on HDFS it replaces another in one step. */
  public void move(String from, String to) {
    place(
        to,
        target -> {
          replace(path(from), target);
          return true;
        });
  }

  /**
   * Creates a file with this content, in one step; false if the name is taken.
   *
   * <p>Only for object stores that create on a condition, such as S3. If an answer is lost, the one
   * who created the file may be told false, which is as if somebody else had been faster.
   */
  public boolean createIfFree(String name, byte[] content) {
    return place(
        name,
        target -> {
          try {
            createConditionally(target, content);
            return true;
          } catch (IOException e) {
            if (files.exists(target)) {
              return false;
            }
            throw e;
          }
        });
  }

  private void createConditionally(Path target, byte[] content) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(target);
    builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    FSDataOutputStream out = builder.build();
    try {
      out.write(content);
    } catch (IOException e) {
      out.abort(); // closing would show a part
      throw e;
    }
    out.close(); // the one atomic step: nothing is there before it
  }

  private interface Placing {
    boolean at(Path target) throws IOException;
  }

  /** Makes the folder that a name needs, puts a file there, and forces its entry to the disk. */
  private boolean place(String name, Placing placing) {
    Path target = path(name);
    try {
      makeFolder(target.getParent());
      boolean isPlaced = placing.at(target);
      force(target.getParent());
      return isPlaced;
    } catch (IOException e) {
      throw new StoreAccessException("write", target, e);
    }
  }

  private void replace(Path from, Path target) throws IOException {
    if (files instanceof DistributedFileSystem hdfs) {
      hdfs.rename(from, target, Rename.OVERWRITE);
    } else if (!patiently(
        again -> (again && isMoved(from, target)) || files.rename(from, target))) {
      // an object store replaces nothing
      files.delete(target, /* recursive= */ false);
      checkMoved(files.rename(from, target), from);
    }
  }

  private boolean isMoved(Path from, Path target) throws IOException {
    return !files.exists(from) && files.exists(target);
  }

  private static void checkMoved(boolean isMoved, Object from) throws IOException {
    if (!isMoved) {
      throw new IOException("the file system refused to move " + from + " there");
    }
  }

  /** Returns when the entry of a file in its folder is on the disk, whoever put it there. */
  public void forceEntry(String name) {
    try {
      force(path(name).getParent());
    } catch (IOException e) {
      throw new StoreAccessException("write", path(name), e);
    }
  }

  /** Deletes a file, or a folder with all that is in it; nothing happens if it is not there. */
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

  /*
   * A folder that is there may have been made by somebody who has not forced its entry to the disk
   * yet: whoever puts a file into it must, once. So a folder counts as made when this object has
   * forced its entries up to the root, and a new root's up to the folder that was there before.
   */
  private void makeFolder(Path folder) throws IOException {
    boolean isThere = exists(folder);
    if (isThere && (made.contains(folder) || folder.depth() <= root.depth())) {
      return;
    }
    makeFolder(folder.getParent());
    if (!isThere && !patiently(again -> files.mkdirs(folder)) && !exists(folder)) {
      throw new IOException("the folder " + folder + " cannot be made");
    }
    force(folder.getParent());
    made.add(folder);
  }

  private void force(Path folder) throws IOException {
    if (files instanceof LocalDisk disk) {
      patiently(
          again -> {
            disk.force(folder);
            return folder;
          });
    }
  }

  private boolean exists(Path path) throws IOException {
    return patiently(again -> files.exists(path));
  }

  private FileStatus[] list(String name) throws IOException {
    return patiently(again -> files.listStatus(path(name)));
  }

  private <T> T patiently(Retry.Operation<T> operation) throws IOException {
    return files instanceof LocalDisk ? Retry.of(operation) : operation.run(/* again= */ false);
  }
}
