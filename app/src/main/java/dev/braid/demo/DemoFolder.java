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
 * Where a demo keeps everything: its base, its pictures, its store and its report.
 *
 * <p>Each part gets its name when it is complete, so a demo that was killed goes on from there.
 */
public final class DemoFolder {
  private static final String MARKER = "demo.txt";

  private final Path folder;

  private DemoFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder for a demo, made if it is not there.
   *
   * @param kind what is shown: a demo of another kind is not gone on with
   */
  public static DemoFolder open(Path folder, String kind) throws IOException {
    Path marker = folder.resolve(MARKER);
    if (!Files.exists(marker)) {
      Check.argument(
          isFree(folder),
          "Cannot show the demo in %s: there is something else; name another folder with --out",
          folder);
      Files.createDirectories(folder);
      write(marker, kind);
    }
    String found = Files.readString(marker);
    Check.argument(
        found.equals(kind),
        "Cannot go on with the demo in %s: it was begun as %s, this is %s; name another folder"
            + " with --out",
        folder,
        found,
        kind);
    return new DemoFolder(folder.toAbsolutePath().normalize());
  }

  /** Whether nothing is there but what a demo leaves that was killed as it began. */
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

  /** Where the store is. */
  public Path store() {
    return folder.resolve("store");
  }

  /** Where the report is. */
  public Path report() {
    return folder.resolve("report.json");
  }

  /** The directory of the base, written if it is not there. */
  Path base() throws IOException {
    return complete(folder.resolve("base"), DemoBase::copyTo);
  }

  /** The folder of a domain's pictures, drawn if it is not there. */
  Path pictures(World world, Domain domain, World.Counts counts) throws IOException {
    return complete(
        folder.resolve("pictures").resolve(domain.name()),
        part -> world.write(domain, part, counts));
  }

  /** Writes the report in one piece. */
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

  /** What becomes the file or folder when it is complete. */
  private static Path part(Path whole) {
    return whole.resolveSibling(whole.getFileName() + ".part");
  }

  /** Fills a folder. */
  private interface Filler {
    void fill(Path folder) throws IOException;
  }
}
