package dev.braid.jobs.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.tensor.Platform;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class PromisedThreadsTest {
  @Test
  void ofTask_onAnExecutorWithOtherTorchThreads_refusesToCompute() throws IOException {
    Map<String, String> settings =
        Map.of("spark.executor.extraJavaOptions", "-Dai.djl.pytorch.num_threads=2");
    try (SparkSession session = SparkSessions.open("local-cluster[1,1,1024]", settings)) {
      Stage stage =
          Stage.ofTraining(JavaSparkContext.fromSparkContext(session.sparkContext()), "train x");

      assertThatThrownBy(() -> stage.map(List.of(1), new Compute()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(
              ": libtorch uses the threads of -Dai.djl.pytorch.num_threads=2"
                  + " -Dai.djl.pytorch.num_interop_threads=1 there, but the driver's are"
                  + " -Dai.djl.pytorch.num_threads=1 -Dai.djl.pytorch.num_interop_threads=1");
    }
  }

  @Test
  void ofTask_whereTheProgramLoadedLibtorchBefore_refusesToCompute() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    Process program =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();

    String printed = new String(program.getInputStream().readAllBytes(), UTF_8);

    assertThat(program.waitFor()).isZero();
    assertThat(printed).contains("refused: Cannot compute on ").contains("num_threads=3 ");
  }

  private record Compute() implements Function<Integer, Integer> {
    @Override
    public Integer call(Integer unit) {
      return AssignedDevice.ofTask().showsValues() ? unit : -unit;
    }
  }

  /** A program with a Spark of its own, in which a library has loaded libtorch with 3 threads. */
  static final class Program {
    private static final String THREADS = "ai.djl.pytorch.num_threads";

    public static void main(String[] none) throws IOException {
      System.setProperty(THREADS, "3");
      var unused = Platform.facts(Device.CPU);
      System.clearProperty(THREADS);
      try (SparkSession session =
          SparkSession.builder()
              .master("local[1]")
              .config("spark.ui.enabled", "false")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .getOrCreate()) {
        List<Integer> computed =
            new Stage(JavaSparkContext.fromSparkContext(session.sparkContext()), "train x")
                .map(List.of(1), new Compute());
        System.out.println("computed: " + computed);
      } catch (IllegalStateException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }
}
