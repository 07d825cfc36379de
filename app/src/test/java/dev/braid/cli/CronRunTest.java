package dev.braid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.demo.base.TinyTask;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A whole run in cron's environment, which names no locale, without the launcher that sets one. */
class CronRunTest extends CommandFixture {
  private static final List<String> NAMES = List.of("grün", "🔴");

  @Test
  void run_withoutALocale_learnsAllPicturesAndGivesTheSameModel() throws Exception {
    Path pictures = TinyTask.COLOURS.writeFew(folder.resolve("bilder-ü"));
    for (String split : List.of("train", "test")) {
      for (int kind = 0; kind < NAMES.size(); kind++) {
        Path named = pictures.resolve(split).resolve(NAMES.get(kind));
        Files.move(pictures.resolve(split).resolve("kind-" + kind), named);
        for (Path picture : list(named)) {
          Files.move(picture, named.resolve("é 0:0" + picture.getFileName()));
        }
      }
    }
    Path task = folder.resolve("task.conf");
    Files.writeString(task, "name = farben\nimages = bilder-ü\ntrain { seed = 3 }\n");

    String here = learn(folder.resolve("here"), task, false);
    assertThat(learn(folder.resolve("cron"), task, true)).isEqualTo(here);
  }

  @Test
  void add_ofAnArgumentThatTheLocaleGarbles_saysSo() throws Exception {
    String[] add = {"add", "--name", "x", "--images", "bilder-ü", "--store", other()};
    Process process = underCron(List.of(add)).start();
    String error = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(error.strip().lines().filter(line -> !line.startsWith("WARNING: ")))
        .singleElement()
        .asString()
        .startsWith("braid: Cannot read the argument bilder-??: it is not in the encoding of this")
        .endsWith(" (set LC_ALL=C.UTF-8)");
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** The digest of the model in a new store, learned here or in cron's environment. */
  private String learn(Path store, Path task, boolean isCron) throws Exception {
    String[] init = {"init", "--base", images("base"), "--store", store.toString()};
    assertThat(braid(init).code()).isZero();
    run(isCron, "add", task.toString(), "--store", store.toString());
    String said = run(isCron, "run", "--store", store.toString(), "--master", "local[1]");
    assertThat(said).contains("test pictures of 2 classes");
    String shown = run(false, "show", "--store", store.toString());
    List<String> lines = shown.lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1)).at("/model").textValue();
  }

  private String run(boolean isCron, String... command) throws Exception {
    List<String> arguments = arguments(command);
    if (!isCron) {
      CommandResult result = CommandResult.of(arguments);
      assertThat(result.code()).as(result.error()).isZero();
      return result.text();
    }
    Path errors = folder.resolve("errors");
    Process process = underCron(arguments).redirectError(errors.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(() -> said + content(errors)).isZero();
    return said;
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static ProcessBuilder underCron(List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("LC_") || name.startsWith("LANG"));
    return builder;
  }
}
