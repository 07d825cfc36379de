package dev.braid.demo;

import dev.braid.demo.base.DemoBase;
import dev.braid.demo.world.Domain;
import dev.braid.demo.world.World;
import dev.braid.model.Check;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of a demo: its base, its pictures, its store and its report.
 *
 * <p>Each part gets its final name when it is complete, so an interrupted demo can resume.
 */
public final class DemoFolder {
  private static final String MARKER = "demo.txt";

  private final Path folder;

  private DemoFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens or creates the folder of a demo.
   *
   * @param kind the demo's description: a folder of another kind is refused
   */
  public static DemoFolder open(Path folder, String kind) throws IOException {
    Path marker = folder.resolve(MARKER);
    if (!Files.exists(marker)) {
      Check.argument(
          isFree(folder),
          "Cannot show the demo in %s: the folder holds something else; name another one with"
              + " --out",
          folder);
      Files.createDirectories(folder);
      write(marker, kind);
    }
    String found = Files.readString(marker);
    Check.argument(
        found.equals(kind),
        "Cannot resume the demo in %s: it was started as %s, this is %s; name another folder with"
            + " --out",
        folder,
        found,
        kind);
    return new DemoFolder(folder.toAbsolutePath().normalize());
  }

  /** Whether the folder is empty, except for what a demo leaves that is killed at its start. */
  private static boolean isFree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.allMatch(part(folder.resolve(MARKER))::equals);
    }
  }

  /** The store's directory. */
  public Path store() {
    return folder.resolve("store");
  }

  /** The report file. */
  public Path report() {
    return folder.resolve("report.json");
  }

  /** The directory of the base, written if absent. */
  Path base() throws IOException {
    return complete(folder.resolve("base"), DemoBase::copyTo);
  }

  /** The folder of a domain's pictures, drawn if absent. */
  Path pictures(World world, Domain domain, World.Counts counts) throws IOException {
    return complete(
        folder.resolve("pictures").resolve(domain.name()),
        part -> world.write(domain, part, counts));
  }

  /** Writes the report atomically. */
  void writeReport(byte[] json) throws IOException {
    write(report(), new String(json, StandardCharsets.UTF_8) + "\n");
  }

  private static Path complete(Path folder, Filler filler) throws IOException {
    if (!Files.exists(folder)) {
      Path part = part(folder);
      delete(part);
      Files.createDirectories(part);
      filler.fill(part);
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path part = part(file);
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The temporary name of a file or folder until it is complete. */
  private static Path part(Path whole) {
    return whole.resolveSibling(whole.getFileName() + ".part");
  }

  /** Fills a folder. */
  private interface Filler {
    void fill(Path folder) throws IOException;
  }
}
