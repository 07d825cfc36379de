package dev.braid.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnedErrorsTest {
  private final FileSystemException busy =
      new FileSystemException("/x", null, "Das Gerät oder die Ressource ist belegt");

  @Test
  void get_inAnInterruptedThread_learnsAllTexts() {
    LearnedErrors learned = new LearnedErrors(ProvokedError::text);
    Thread.currentThread().interrupt();
    try {
      assertThat(learned.get().lasting()).hasSize(4);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void get_ofALanguageThatIsNotKnownYet_countsAsAnother() {
    Set<ProvokedError> asked = EnumSet.noneOf(ProvokedError.class);
    LearnedErrors learned =
        new LearnedErrors(
            error -> asked.add(error) ? Optional.empty() : Optional.of("Ist kein Verzeichnis"));

    assertThat(learned.get().isTransient(busy)).isTrue();
    assertThat(learned.get().lasting()).containsExactly("Ist kein Verzeichnis");
    assertThat(learned.get().isTransient(busy)).isTrue();
  }

  @Test
  void get_withoutAFileHandle_learnsNoTextOfThat(@TempDir Path folder) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        List.of(
            "bash",
            "-c",
            "ulimit -n 200; exec \"$@\"",
            "starved",
            java.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            StarvedProcess.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectError(folder.resolve("errors").toFile());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(errors(folder)).isZero();
    assertThat(said.lines())
        .containsExactly(
            "starved: []",
            "fed: [(Is a directory), (No such file or directory), No space left on device, Not a"
                + " directory]");
  }

  private static String errors(Path folder) throws IOException {
    return Files.readString(folder.resolve("errors"));
  }
}
