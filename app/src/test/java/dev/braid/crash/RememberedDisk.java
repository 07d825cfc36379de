package dev.braid.crash;

import dev.braid.model.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A store's files after some operations, and what may be left of them if the machine stops then.
 */
final class RememberedDisk {
  /*
   * According to POSIX, a file's bytes are on the disk up to its last fsync, and a folder's entries
   * as of the folder's last fsync. Anything else may or may not survive a power failure.
   */

  /** The ways a machine stops. */
  enum Stop {
    /** The process ends: everything it wrote survives. */
    KILLED,
    /** The power fails: only what was forced to disk survives. */
    POWER_LOST,
    /** The power fails: a random part of what was not forced to disk survives too. */
    POWER_LOST_IN_PART
  }

  private static final Pattern RANDOM_NAME =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private sealed interface Node {}

  private static final class File implements Node {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int synced;
  }

  private static final class Folder implements Node {
    final SortedMap<String, Node> entries = new TreeMap<>();
    SortedMap<String, Node> forced = new TreeMap<>();
  }

  private final Folder root = new Folder();

  /** A disk with the content of a real folder, all of it forced to disk. */
  static RememberedDisk of(Path folder) throws IOException {
    RememberedDisk disk = new RememberedDisk();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.skip(1).toList()) {
        disk.load(folder.relativize(file).toString(), file);
      }
    }
    return disk;
  }

  private void load(String name, Path file) throws IOException {
    if (Files.isDirectory(file)) {
      apply(Op.of(Op.Kind.MAKE_FOLDER, name));
    } else {
      apply(Op.of(Op.Kind.CREATE, name));
      apply(Op.write(name, Files.readAllBytes(file)));
      apply(Op.of(Op.Kind.SYNC, name));
    }
    apply(Op.of(Op.Kind.FORCE, parent(name)));
  }

  /** Applies the operation. */
  void apply(Op op) {
    String path = op.path();
    switch (op.kind()) {
      case CREATE -> entriesAround(path).put(last(path), new File());
      case WRITE -> file(path).bytes.writeBytes(op.bytes());
      case SYNC -> file(path).synced = file(path).bytes.size();
      case MAKE_FOLDER -> entriesAround(path).put(last(path), new Folder());
      case LINK -> entriesAround(op.detail()).put(last(op.detail()), file(path));
      case RENAME -> {
        Node moved = Objects.requireNonNull(entriesAround(path).remove(last(path)), path);
        entriesAround(op.detail()).put(last(op.detail()), moved);
      }
      case DELETE -> entriesAround(path).remove(last(path));
      case FORCE -> folder(path).forced = new TreeMap<>(folder(path).entries);
    }
  }

  /** The content after a stop: files by path, and folders with null. */
  SortedMap<String, byte @Nullable []> after(Stop stop, long seed) {
    SortedMap<String, byte @Nullable []> content = new TreeMap<>();
    find(root, "", stop, new Random(seed), content);
    return content;
  }

  private static void find(
      Folder folder,
      String prefix,
      Stop stop,
      Random random,
      SortedMap<String, byte @Nullable []> content) {
    TreeSet<String> names = new TreeSet<>(folder.entries.keySet());
    names.addAll(folder.forced.keySet());
    for (String name : names) {
      Node now = folder.entries.get(name);
      Node forced = folder.forced.get(name);
      Node left =
          switch (stop) {
            case KILLED -> now;
            case POWER_LOST -> forced;
            case POWER_LOST_IN_PART -> random.nextBoolean() ? now : forced;
          };
      if (left instanceof Folder inner) {
        content.put(prefix + name, null);
        find(inner, prefix + name + "/", stop, random, content);
      } else if (left instanceof File file) {
        content.put(prefix + name, left(file, stop, random));
      }
    }
  }

  private static byte[] left(File file, Stop stop, Random random) {
    byte[] all = file.bytes.toByteArray();
    int unsynced = all.length - file.synced;
    int length =
        switch (stop) {
          case KILLED -> all.length;
          case POWER_LOST -> file.synced;
          case POWER_LOST_IN_PART -> file.synced + random.nextInt(unsynced + 1);
        };
    return Arrays.copyOf(all, length);
  }

  /** Writes such content as real files. */
  static void write(SortedMap<String, byte @Nullable []> content, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte @Nullable []> entry : content.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      byte[] bytes = entry.getValue();
      if (bytes == null) {
        Files.createDirectory(file);
      } else {
        Files.write(file, bytes);
      }
    }
  }

  /** A digest of such content that ignores the random names of files being written. */
  static Digest digest(SortedMap<String, byte @Nullable []> content) {
    StringBuilder text = new StringBuilder();
    content.forEach(
        (name, bytes) ->
            text.append(RANDOM_NAME.matcher(name).replaceAll("*"))
                .append(bytes == null ? " folder" : " " + bytes.length + " " + checksum(bytes))
                .append('\n'));
    return Digest.of(text.toString());
  }

  private static long checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return checksum.getValue();
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private SortedMap<String, Node> entriesAround(String path) {
    return folder(parent(path)).entries;
  }

  private Folder folder(String path) {
    Folder folder = root;
    if (!path.isEmpty()) {
      for (String name : path.split("/", -1)) {
        if (!(folder.entries.get(name) instanceof Folder inner)) {
          throw new UncheckedIOException(new IOException("no folder " + path));
        }
        folder = inner;
      }
    }
    return folder;
  }

  private File file(String path) {
    if (entriesAround(path).get(last(path)) instanceof File file) {
      return file;
    }
    throw new UncheckedIOException(new IOException("no file " + path));
  }
}
