package dev.braid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code braid submit} hands to spark-submit. */
class SubmitTest {
  @TempDir Path home;

  @Test
  void submit_passesOnWhatStandsBeforeTheDashes() throws Exception {
    List<String> handed =
        submitted("--files", "a b.conf", "--name", "mine", "--", "run", "--config", "a b.conf");

    assertThat(handed)
        .containsSubsequence("--name", "braid", "--files", "a b.conf", "--name", "mine");
    assertThat(handed).endsWith("run", "--config", "a b.conf");
    assertThat(handed.indexOf("a b.conf")).isLessThan(handed.indexOf("run"));
    assertThat(handed).contains("dev.braid.cli.Main", "spark://host:7077");
  }

  @Test
  void submit_withoutDashes_takesAllAsTheCommand() throws Exception {
    assertThat(submitted("status", "--json")).endsWith("status", "--json").contains("braid");
  }

  private List<String> submitted(String... arguments) throws Exception {
    Path bin = Files.createDirectories(home.resolve("bin"));
    Path program = bin.resolve("spark-submit");
    Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Path jar = Files.writeString(home.resolve("braid.jar"), "");
    List<String> line = new ArrayList<>(List.of("../braid", "submit"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("MASTER", "spark://host:7077");
    builder.environment().put("BRAID_JAR", jar.toString());
    return said(builder.start());
  }

  private static List<String> said(Process process) throws IOException, InterruptedException {
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }
}
