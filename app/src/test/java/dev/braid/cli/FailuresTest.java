package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.braid.SparkContexts;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.Failures;
import dev.braid.model.TaskId;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsLoader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.spark.network.util.JavaUtils;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void code_ofARefusalOfOurs_isRefusedInput() {
    Throwable refusal = catchThrowable(() -> new TaskId("no task"));

    assertThat(Failures.code(refusal)).isEqualTo(ExitCode.REFUSED_INPUT);
    assertThat(Failures.sentence(new CompletionException(refusal))).isEqualTo(refusal.getMessage());
  }

  @Test
  void code_ofAnIllegalArgumentOfALibrary_isFailed() {
    Throwable ofSpark = catchThrowable(() -> JavaUtils.byteStringAsBytes("much"));

    assertThat(ofSpark).isInstanceOf(IllegalArgumentException.class);
    assertThat(Failures.code(ofSpark)).isEqualTo(ExitCode.FAILED);
    assertThat(Failures.sentence(ofSpark)).startsWith("NumberFormatException: ");
  }

  @Test
  void open_withASettingThatSparkRefuses_namesTheSetting() {
    Settings settings =
        SettingsLoader.load(
            List.of("spark.master=\"local[1]\"", "spark.testing.memory=1m"),
            Optional.empty(),
            Map.of());

    Throwable failure = catchThrowable(() -> SparkContexts.open(settings));

    assertThat(Failures.code(failure)).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(Failures.sentence(failure))
        .startsWith("Cannot start Spark: ")
        .contains("spark.testing.memory", "1m", "braid.spark");
  }
}
