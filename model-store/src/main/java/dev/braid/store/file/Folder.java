package dev.braid.store.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A folder of any Hadoop file system; its files are named by relative paths such as "a/b.json". */
public final class Folder {
  /*
   * On file: the raw local file system is used, because the checksummed one leaves a hidden .crc
   * file beside every file. Its files are forced to the disk before they are moved into place, and
   * the folder that received them after it: what was acknowledged survives a loss of power.
   */
  private final FileSystem files;
  private final Path root;

  private Folder(FileSystem files, Path root) {
    this.files = files;
    this.root = root;
  }

  /**
   * The folder of this path, which need not exist.
   *
   * @param root any Hadoop path; one without a scheme is local
   * @param options Hadoop's settings for the file system
   */
  public static Folder of(String root, Map<String, String> options) {
    Path path = new Path(root);
    URI uri = path.toUri();
    try {
      FileSystem files = isLocal(root) ? local() : FileSystem.get(uri, configuration(options));
      return new Folder(files, files.makeQualified(path));
    } catch (IOException e) {
      throw new StoreAccessException("open", root, e);
    }
  }

  /** True for a path on the local disk. */
  public static boolean isLocal(String root) {
    String scheme = new Path(root).toUri().getScheme();
    return scheme == null || scheme.equals("file");
  }

  private static FileSystem local() throws IOException {
    FileSystem local = new RawLocalFileSystem();
    local.initialize(URI.create("file:///"), new Configuration(/* loadDefaults= */ false));
    return local;
  }

  private static Configuration configuration(Map<String, String> options) {
    Configuration configuration = new Configuration();
    options.forEach(configuration::set);
    return configuration;
  }

  /** The folder inside this one. */
  public Folder folder(String name) {
    return new Folder(files, path(name));
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

  /** The folder on the local disk; only for a local one. */
  public java.nio.file.Path localPath() {
    return java.nio.file.Path.of(root.toUri().getPath());
  }

  /** True if the file is there. */
  public boolean contains(String name) {
    try {
      return files.exists(path(name));
    } catch (IOException e) {
      throw new StoreAccessException("look for", path(name), e);
    }
  }

  /** The content of a small file, or nothing if it is not there. */
  public Optional<byte[]> read(String name) {
    try (FSDataInputStream in = files.open(path(name))) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException absent) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreAccessException("read", path(name), e);
    }
  }

  /** Opens a file for reading at any position. */
  public FSDataInputStream open(String name) {
    try {
      return files.open(path(name));
    } catch (IOException e) {
      throw new StoreAccessException("read", path(name), e);
    }
  }

  /** The length of a file in bytes. */
  public long length(String name) {
    try {
      return files.getFileStatus(path(name)).getLen();
    } catch (IOException e) {
      throw new StoreAccessException("read", path(name), e);
    }
  }

  /** The names of a folder's files and folders in alphabetical order; none if it is not there. */
  public List<String> names(String name) {
    try {
      FileStatus[] found = files.listStatus(path(name));
      return Arrays.stream(found).map(status -> status.getPath().getName()).sorted().toList();
    } catch (FileNotFoundException absent) {
      return List.of();
    } catch (IOException e) {
      throw new StoreAccessException("list", path(name), e);
    }
  }

  /** Starts a new file, with the folders it needs; nobody may rely on it before it is moved. */
  public NewFile create(String name) {
    Path path = path(name);
    try {
      makeFolder(path.getParent());
      return new NewFile(path, files.create(path, /* overwrite= */ false));
    } catch (IOException e) {
      throw new StoreAccessException("write", path, e);
    }
  }

  /** Makes the folders that a file of this name needs. */
  public void makeParent(String name) {
    try {
      makeFolder(path(name).getParent());
    } catch (IOException e) {
      throw new StoreAccessException("write", path(name), e);
    }
  }

  /** Returns when the entry of a new file in its folder is on the disk. */
  public void forceParent(String name) {
    try {
      force(path(name).getParent());
    } catch (IOException e) {
      throw new StoreAccessException("write", path(name), e);
    }
  }

  /** Moves a finished file to its place; locally it replaces what is there in one step. */
  public void move(String from, String to) {
    Path target = path(to);
    try {
      makeFolder(target.getParent());
      if (!files.rename(path(from), target)) {
        throw new IOException("the file system refused to move " + path(from) + " there");
      }
      force(target.getParent());
    } catch (IOException e) {
      throw new StoreAccessException("write", target, e);
    }
  }

  /** Deletes a file, or a folder with all that is in it; nothing happens if it is not there. */
  public void delete(String name) {
    try {
      files.delete(path(name), /* recursive= */ true);
    } catch (IOException e) {
      throw new StoreAccessException("delete", path(name), e);
    }
  }

  private Path path(String name) {
    return name.isEmpty() ? root : new Path(root, name);
  }

  private void makeFolder(Path folder) throws IOException {
    if (files.exists(folder)) {
      return;
    }
    if (!files.mkdirs(folder) && !files.exists(folder)) {
      throw new IOException("the folder " + folder + " cannot be made");
    }
    for (Path made = folder; made.depth() > root.depth(); made = made.getParent()) {
      force(made.getParent());
    }
  }

  private void force(Path folder) throws IOException {
    if (isLocal(root.toString())) {
      java.nio.file.Path local = java.nio.file.Path.of(folder.toUri().getPath());
      try (FileChannel channel = FileChannel.open(local, StandardOpenOption.READ)) {
        channel.force(/* metaData= */ true);
      }
    }
  }
}
