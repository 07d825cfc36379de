package dev.braid.jobs.source;

import dev.braid.jobs.source.SourceEntry.Kind;
import dev.braid.store.file.LocalPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of the local disk, by the bytes of their names: the locale has no effect.
 *
 * <p>Hadoop's local file system leaves out what it cannot query: a link to nothing, a name that the
 * locale cannot express, a name that is not UTF-8. It also looks for a checksum file beside each
 * file, whose name it cannot parse if it has a colon.
 */
final class LocalFiles implements SourceFiles {
  private static final int SHOWN = 3;
  private static final int LONGEST_NAME = 255; // bytes; Linux's NAME_MAX

  @Override
  public SourceEntry entry(org.apache.hadoop.fs.Path path) throws IOException {
    return entry(path.getName(), local(path));
  }

  private static SourceEntry entry(String name, Path path) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return found.isRegularFile()
          ? new SourceEntry(name, Kind.FILE, found.size(), found.lastModifiedTime().toInstant())
          : SourceEntry.of(name, found.isDirectory() ? Kind.FOLDER : Kind.SPECIAL);
    } catch (AccessDeniedException e) { // a link through a closed folder
      return SourceEntry.of(name, Kind.CLOSED);
    } catch (FileSystemException e) {
      if (e instanceof NoSuchFileException || leadsNowhere(path)) {
        if (Files.isSymbolicLink(path)) {
          return SourceEntry.of(name, Kind.BROKEN_LINK);
        }
        throw absent(path, e);
      }
      throw e;
    }
  }

  /**
   * Whether a path leads through a link to itself, below a file, or to a name that none can have.
   */
  private static boolean leadsNowhere(Path path) throws IOException {
    for (Path name : path) {
      if (name.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        return true;
      }
    }
    Set<Path> passed = new HashSet<>();
    Path target = path;
    while (Files.isSymbolicLink(target)) {
      if (!passed.add(target)) {
        return true;
      }
      target = target.resolveSibling(Files.readSymbolicLink(target)).normalize();
    }
    for (Path parent = target.getParent(); parent != null; parent = parent.getParent()) {
      if (Files.exists(parent)) {
        return !Files.isDirectory(parent);
      }
    }
    return false;
  }

  @Override
  public List<SourceEntry> entries(org.apache.hadoop.fs.Path folder) throws IOException {
    List<SourceEntry> entries = new ArrayList<>();
    List<String> notText = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(local(folder))) {
      for (Path path : paths) {
        Optional<String> name = LocalPath.name(path);
        if (name.isPresent()) {
          ifThere(name.get(), path).ifPresent(entries::add);
        } else {
          notText.add(LocalPath.escapedName(path));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (AccessDeniedException e) {
      throw new UnreadableFileException(UnreadableFileException.DENIED);
    } catch (NoSuchFileException e) {
      throw absent(folder, e);
    }
    if (!notText.isEmpty()) {
      throw new UnreadableFileException(notUtf8(notText));
    }
    entries.sort(Comparator.comparing(SourceEntry::name));
    return entries;
  }

  /** The entry, unless it has been deleted since it was listed. */
  private static Optional<SourceEntry> ifThere(String name, Path path) throws IOException {
    try {
      return Optional.of(entry(name, path));
    } catch (FileNotFoundException deleted) {
      return Optional.empty();
    }
  }

  private static String notUtf8(List<String> names) {
    String shown = String.join(", ", names.stream().sorted().limit(SHOWN).toList());
    return names.size() == 1
        ? "the name %s is not UTF-8; rename it".formatted(shown)
        : "%s names are not UTF-8, such as %s; rename them (convmv does)"
            .formatted(names.size(), shown);
  }

  @Override
  public String realPath(org.apache.hadoop.fs.Path folder) throws IOException {
    return LocalPath.text(local(folder).toRealPath());
  }

  @Override
  public byte[] read(org.apache.hadoop.fs.Path file) throws IOException {
    SourceFiles.check(entry(file));
    try {
      return Files.readAllBytes(local(file));
    } catch (AccessDeniedException e) {
      throw new UnreadableFileException(UnreadableFileException.DENIED);
    } catch (NoSuchFileException e) {
      throw absent(file, e);
    }
  }

  private static FileNotFoundException absent(Object path, IOException cause) {
    FileNotFoundException absent = new FileNotFoundException("no such file or folder: " + path);
    var unused = absent.initCause(cause);
    return absent;
  }

  private static Path local(org.apache.hadoop.fs.Path path) {
    return LocalPath.of(path.toUri().getPath());
  }
}
