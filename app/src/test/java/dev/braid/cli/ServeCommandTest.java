package dev.braid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** braid serve, in processes whose class path has neither Spark nor Scala. */
class ServeCommandTest {
  @TempDir Path folder;

  @Test
  void serve_thatCannotStart_saysWhyInOneSentence() throws Exception {
    check(
        2,
        "braid: Invalid setting in braid.serve: Cannot listen on 0.0.0.0: anyone could ask there"
            + " (set BRAID_TOKEN, or give --tls-certificate and --tls-key)",
        "--host",
        "0.0.0.0");
    check(2, "braid: Invalid --pin main (LINE=N, such as main=3)", "--pin", "main");
    check(2, "braid: Give both --tls-certificate and --tls-key", "--tls-key", "key.pem");
    check(2, "Invalid setting in braid.serve: Invalid batch: 0", "--conf", "serve.batch=0");
    check(3, "there is none (create one with 'braid init')", "--port", "0");
  }

  private void check(int code, String sentence, String... arguments) throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.matches(".*/(spark-[a-z0-9-]+_2|scala-library)[^/]*\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath, Main.class.getName(), "serve"));
    command.addAll(List.of("--store", folder.resolve("none").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("BRAID_TOKEN");
    Path errors = folder.resolve("errors");
    Process process = builder.redirectError(errors.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(said + Files.readString(errors)).isEqualTo(code);
    assertThat(Files.readString(errors)).contains(sentence);
  }
}
