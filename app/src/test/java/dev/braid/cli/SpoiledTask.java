package dev.braid.cli;

import dev.braid.demo.base.TinyTask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Folders of pictures that cannot be learned from. */
enum SpoiledTask {
  DAMAGED_LINKS(
      folder -> {
        for (int i = 0; i < 2; i++) {
          Files.createSymbolicLink(
              folder.resolve("train/kind-0/gone-%s.png".formatted(i)), Path.of("/none"));
        }
      }),
  EMPTY(SpoiledTask::clear),
  FILES_ALONE(folder -> Files.writeString(clear(folder).resolve("a.txt"), "")),
  HALF(folder -> delete(folder.resolve("test"))),
  LEAK(
      folder ->
          Files.copy(folder.resolve("train/kind-0/0.png"), folder.resolve("test/kind-0/copy.png"))),
  LINK(
      folder ->
          Files.createSymbolicLink(
              folder.resolve("train/kind-0/out.png"), Path.of("/etc/hostname"))),
  /** Valid pictures with random classes. */
  LOTS(folder -> TinyTask.COLOURS.writeShuffled(clear(folder))),
  NAMES(folder -> Files.writeString(folder.resolve("classes.txt"), "one\ntwo\n")),
  NESTED(folder -> Files.createDirectory(folder.resolve("train/kind-0/more"))),
  NO_PICTURES(SpoiledTask::emptyPictures),
  ONE_CLASS(
      folder -> {
        delete(folder.resolve("train/kind-1"));
        delete(folder.resolve("test/kind-1"));
      }),
  NOT_UTF8(folder -> Files.createDirectory(Path.of(URI.create(folder.toUri() + "train/b%FCck")))),
  ONE_PROMPT(
      folder -> {
        for (String split : List.of("train", "test")) {
          Path classes = folder.resolve(split);
          Files.move(classes.resolve("kind-0"), classes.resolve("ice cream"));
          Files.move(classes.resolve("kind-1"), classes.resolve("ice  cream"));
        }
      }),
  PIPE(folder -> pipe(folder.resolve("train/kind-0/x.png"))),
  TWO_OF_A_SPLIT(folder -> Files.createDirectory(folder.resolve("TEST"))),
  TWINS(folder -> Files.writeString(folder.resolve("classes.txt"), "A\na\nb\nc\n"));

  private interface Spoiling {
    void of(Path folder) throws IOException;
  }

  @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
  private final Spoiling spoiling;

  SpoiledTask(Spoiling spoiling) {
    this.spoiling = spoiling;
  }

  /** The task's name. */
  String task() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Writes the task's pictures to a folder with its name. */
  Path writeIn(Path parent) throws IOException {
    Path folder = TinyTask.COLOURS.writeFew(parent.resolve(task()));
    spoiling.of(folder);
    return folder;
  }

  private static void pipe(Path pipe) throws IOException {
    try {
      var unused = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path clear(Path folder) throws IOException {
    delete(folder);
    return Files.createDirectory(folder);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void emptyPictures(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(file, "no picture");
      }
    }
  }
}
