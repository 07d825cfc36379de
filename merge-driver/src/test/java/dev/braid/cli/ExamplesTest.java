package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The files of conf/ say nothing that Braid would refuse. */
class ExamplesTest {
  private static final Path CONF = Path.of("../conf");

  @Test
  void settings_ofTheExample_areKnownAndValid() {
    Settings settings =
        SettingsLoader.load(List.of(), Optional.of(CONF.resolve("braid.conf")), Map.of());

    assertThat(settings.checked().sparkOptions()).containsEntry("spark.executor.memory", "4g");
    assertThat(settings.gate().maxDrop()).isEqualTo(0.02);
  }

  @Test
  void task_ofTheExample_isWhatItSays() {
    TaskFile task = TaskFile.read(CONF.resolve("task.conf"));

    assertThat(task.templates()).hasSize(2);
    assertThat(task.train().getDouble("learning-rate")).isEqualTo(2e-5);
  }
}
