package dev.braid.jobs.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.vlm.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssignedDeviceTest {
  @TempDir Path folder;

  /** Spark trusts a script that reports a GPU. */
  @Test
  void ofTask_withAGpuThatLibtorchCannotUse_saysWhatToDo() throws IOException {
    Path script = Files.writeString(folder.resolve("gpus"), SCRIPT);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    Map<String, String> settings =
        Map.of(
            "spark.worker.resource.gpu.amount", "1",
            "spark.worker.resource.gpu.discoveryScript", script.toString(),
            "spark.executor.resource.gpu.amount", "1",
            "spark.task.resource.gpu.amount", "1");
    try (SparkSession session = SparkSessions.open("local-cluster[1,1,1024]", settings)) {
      Stage stage = new Stage(JavaSparkContext.fromSparkContext(session.sparkContext()), "gpu");

      assertThatThrownBy(() -> stage.map(List.of(1), new Ask()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Cannot use GPU 3 that Spark assigned to a task: libtorch has no CUDA, or finds no"
                  + " GPU; repair the host or start Spark without spark.task.resource.gpu.amount"
                  + " (docs/gpu.md)");
    }
  }

  private static final String SCRIPT =
      """
      #!/bin/sh
      echo '{"name": "gpu", "addresses": ["3"]}'
      """;

  private record Ask() implements org.apache.spark.api.java.function.Function<Integer, Integer> {
    @Override
    public Integer call(Integer unit) {
      return AssignedDevice.ofTask().showsValues() ? unit : -unit;
    }
  }

  @Test
  void message_ofACauseOfManyLines_isOneLine() {
    RuntimeException cause = new IllegalStateException("CUDA error: no such device\nCompile with");

    assertThat(AssignedDevice.message("7", cause))
        .isEqualTo(
            "Cannot use GPU 7 that Spark assigned to a task: CUDA error: no such device; repair the"
                + " host or start Spark without spark.task.resource.gpu.amount (docs/gpu.md)");
  }

  @Test
  void ofTask_withoutATask_isTheCpu() {
    assertThat(AssignedDevice.ofTask()).isEqualTo(Device.CPU);
  }
}
