package dev.braid.vlm.checkpoint;

import dev.braid.model.Check;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A directory of files that appears in one step or not at all.
 *
 * <p>It is written under a temporary sibling name with {@code .unfinished-}. A killed program
 * leaves that behind, but never an incomplete directory under the requested name.
 */
public final class NewDirectory {
  private final Path place;

  private NewDirectory(Path place) {
    this.place = place;
  }

  /**
   * The directory to create at this path.
   *
   * @throws IllegalArgumentException if the path exists and is not an empty directory
   */
  public static NewDirectory at(Path path) throws IOException {
    NewDirectory directory =
        new NewDirectory(
            Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize());
    Check.argument(
        directory.isFree(),
        "Cannot write to %s: it exists and is not empty; name a new folder",
        path);
    return directory;
  }

  private boolean isFree() throws IOException {
    if (!Files.isDirectory(place)) {
      return !Files.exists(place);
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.findAny().isEmpty();
    }
  }

  /** Creates the directory with the files that the filler writes; never replaces existing files. */
  public void fill(Filler filler) throws IOException {
    Path unfinished =
        place.resolveSibling("%s.unfinished-%s".formatted(place.getFileName(), UUID.randomUUID()));
    Files.createDirectories(unfinished);
    boolean isDone = false;
    try {
      filler.fill(unfinished);
      force(unfinished);
      move(unfinished);
      isDone = true;
    } finally {
      if (!isDone) {
        delete(unfinished);
      }
    }
  }

  private void move(Path unfinished) throws IOException {
    try {
      Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE); // the one atomic step
    } catch (FileSystemException e) { // another process's files, a mount point
      throw new IOException(
          "Cannot move the new directory to %s: %s; name a new folder, such as %s"
              .formatted(place, e.getReason(), place.resolve("model")),
          e);
    }
  }

  /** Flushes the files and their names to the disk. */
  private static void force(Path directory) throws IOException {
    for (Path file : files(directory)) {
      forceOne(file);
    }
    forceOne(directory);
  }

  private static void forceOne(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void delete(Path directory) throws IOException {
    for (Path file : files(directory)) {
      Files.delete(file);
    }
    Files.delete(directory);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  /** Writes files into a directory. */
  @FunctionalInterface
  public interface Filler {
    void fill(Path directory) throws IOException;
  }
}
