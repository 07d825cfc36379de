package dev.braid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.base.MicroBase;
import dev.braid.demo.base.TinyTask;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {
  private static final int SIGTERM = 128 + 15;

  @TempDir Path folder;

  @Test
  void run_stoppedWhileItTrains_printsOneSentenceAndLeavesTheStoreUnchanged() throws Exception {
    MicroBase.writeTo(folder.resolve("base"));
    TinyTask.COLOURS.write(folder.resolve("colours"));
    assertThat(braid("init", "--base", folder.resolve("base").toString())).isZero();
    assertThat(braid("add", "--name", "colours", "--images", folder.resolve("colours").toString()))
        .isZero();

    Path errors = folder.resolve("errors.txt");
    Process run =
        java("run", "--master", "local[1]", "--conf", "train.steps=100000")
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(aboutToTrain(run)).isTrue();
      run.destroy();
      assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      run.destroyForcibly();
    }

    assertThat(run.exitValue()).isEqualTo(SIGTERM);
    assertThat(Files.readString(errors).lines().toList())
        .last()
        .asString()
        .isEqualTo("braid: Stopped; what was done is kept.");
    assertThat(errors).content().doesNotContain("Exception");
    assertThat(folder.resolve("store/versions"))
        .satisfiesAnyOf(
            versions -> assertThat(versions).doesNotExist(),
            versions -> assertThat(versions).isEmptyDirectory());
    assertThat(braid("status")).isZero();
  }

  private static boolean aboutToTrain(Process run) throws IOException {
    BufferedReader out = run.inputReader(UTF_8);
    String line = out.readLine();
    while (line != null && !line.contains("validation")) {
      line = out.readLine();
    }
    return line != null;
  }

  private int braid(String... command) {
    return Main.commandLine().execute(inStore(command).toArray(String[]::new));
  }

  /** The command in a Java process configured like this one. */
  private ProcessBuilder java(String... command) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(inStore(command));
    return new ProcessBuilder(line);
  }

  private List<String> inStore(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--store", folder.resolve("store").toString()));
    return all;
  }
}
