package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.bench.stream.StreamPlan;
import dev.braid.cli.bench.StreamFile;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsFile;
import dev.braid.settings.SettingsLoader;
import dev.braid.settings.TaskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that Braid accepts the example files in conf/. */
class ExamplesTest {
  @TempDir Path folder;

  private static final Path CONF = Path.of("../conf");

  @Test
  void settings_ofTheExample_areKnownAndValid() {
    Settings settings =
        SettingsLoader.load(
            List.of(), Optional.of(SettingsFile.local(CONF.resolve("braid.conf"))), Map.of());

    assertThat(settings.checked().sparkOptions()).containsEntry("spark.executor.memory", "4g");
    assertThat(settings.gate().maxDrop()).isEqualTo(0.02);
  }

  @ParameterizedTest
  @CsvSource({"real-stream.conf, BRAID_BASE, 2", "mtil.conf, MTIL_BASE, 2"})
  void stream_ofTheExamples_isAPlanThatCanBeMeasured(String name, String base, int orders)
      throws IOException {
    Path file = Files.writeString(folder.resolve("stream.conf"), resolved(name, base));
    Settings settings =
        SettingsLoader.load(List.of(), Optional.of(SettingsFile.local(file)), Map.of());

    StreamPlan plan = new StreamFile(settings, file).plan();

    assertThat(plan.orders()).hasSize(orders);
  }

  /** The example with paths in place of environment variables. */
  private String resolved(String name, String base) throws IOException {
    for (String tasks : List.of("real-pictures", "mtil")) {
      Path copies = Files.createDirectories(folder.resolve(tasks));
      try (Stream<Path> files = Files.list(CONF.resolve(tasks))) {
        for (Path task : files.toList()) {
          Files.writeString(
              copies.resolve(task.getFileName()),
              Files.readString(task).replaceAll("\\$\\{[A-Z_]+\\}", "/pictures"));
        }
      }
    }
    return Files.readString(CONF.resolve(name)).replace("${" + base + "}", "/base");
  }

  @Test
  void task_ofTheExample_isRead() {
    TaskFile task = TaskFile.read(CONF.resolve("task.conf"));

    assertThat(task.templates()).hasSize(2);
    assertThat(task.train().getDouble("learning-rate")).isEqualTo(2e-5);
  }
}
