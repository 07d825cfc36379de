package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.base.MicroBase;
import dev.braid.demo.base.TinyTask;
import dev.braid.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands as typed by a person, on a micro base and tiny tasks. */
public abstract class CommandFixture {
  @TempDir public static Path shared;
  @TempDir public Path folder;

  @BeforeAll
  static void drawOnce() throws IOException {
    MicroBase.writeTo(shared.resolve("base"));
    Files.writeString(shared.resolve("base/LICENSE"), "Anyone may use this base.\n");
    Files.writeString(shared.resolve("base/README.md"), "# A base\n");
    TinyTask.COLOURS.write(shared.resolve("colours"));
    TinyTask.STRIPES.write(shared.resolve("stripes"));
    TinyTask.COLOURS.writeShuffled(shared.resolve("lots"));
  }

  /**
   * Checks that a command fails with one line that contains the text, with the exit code, and
   * leaves the store unchanged.
   */
  public void check(int code, String text, String... command) throws IOException {
    Map<Path, String> before = files(folder);
    CommandResult commandResult = braid(command);

    assertThat(commandResult.code()).as(commandResult.error()).isEqualTo(code);
    List<String> lines =
        commandResult.error().lines().filter(line -> !line.startsWith("Try '")).toList();
    assertThat(lines).singleElement().asString().startsWith("braid: ").contains(text);
    assertThat(files(folder)).isEqualTo(before);
  }

  /** The digests of all files but those that say how runs ended, and who works. */
  public static Map<Path, String> files(Path folder) throws IOException {
    Map<Path, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().matches(".*/(runs|leases)/.*"))
              .toList()) {
        content.put(file, Digest.of(Files.readAllBytes(file)).toString());
      }
    }
    return content;
  }

  void init() {
    assertThat(braid("init", "--base", images("base")).code()).isZero();
  }

  void add(String name, String... options) {
    List<String> arguments = new ArrayList<>(List.of("add", "--unchecked", "--name", name));
    arguments.addAll(List.of("--images", images(name)));
    arguments.addAll(List.of(options));
    CommandResult commandResult = braid(arguments.toArray(String[]::new));
    assertThat(commandResult.code()).as(commandResult.error()).isZero();
  }

  public static String images(String name) {
    return shared.resolve(name).toString();
  }

  public String other() {
    return folder.resolve("other").toString();
  }

  public CommandResult braid(String... command) {
    return CommandResult.of(arguments(command));
  }

  /** The command on the fixture's store, with settings for a short training. */
  List<String> arguments(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    if (!arguments.contains("--store")) {
      arguments.addAll(List.of("--store", folder.resolve("store").toString()));
    }
    arguments.add("--json");
    int behindNames = command[0].equals("bench") ? 2 : 1;
    for (String setting :
        List.of(
            "train.steps=40",
            "train.warm-up=5",
            "train.batch=8",
            "train.learning-rate=1e-3",
            "store.shard-length=131072",
            "store.row-length=65536")) {
      arguments.addAll(behindNames, List.of("--conf", setting));
    }
    return arguments;
  }

  /** A command followed by options. */
  static String[] with(String[] options, String... command) {
    return Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new);
  }
}
