package dev.braid.jobs.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkSessionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local-cluster[2,1,1024]"})
  void open_onEmbeddedMaster_runsOurClassesWithOneTorchThread(String master) throws IOException {
    try (SparkSession session = SparkSessions.open(master, Map.of())) {
      List<String> threads =
          JavaSparkContext.fromSparkContext(session.sparkContext())
              .parallelize(List.of(1, 2, 3, 4), 4)
              .map(new TorchThreads())
              .collect();
      assertThat(threads).containsExactly("1 true", "1 true", "1 true", "1 true");
    }
  }

  @Test
  void open_withSettings_prefersThemToDefaults() throws IOException {
    try (SparkSession session =
        SparkSessions.open("local[1]", Map.of("spark.scheduler.mode", "FIFO"))) {
      assertThat(session.conf().get("spark.scheduler.mode")).isEqualTo("FIFO");
      assertThat(session.conf().get("spark.ui.enabled")).isEqualTo("false");
      assertThat(session.conf().get("spark.executorEnv.LC_ALL")).isEqualTo("C.UTF-8");
    }
  }

  @Test
  void open_onHostsWithoutTheUtf8Locale_leavesThemTheirEncoding() throws IOException {
    try (SparkSession session =
        SparkSessions.open("local[1]", Map.of("spark.executorEnv.LC_MESSAGES", "C"))) {
      assertThat(session.sparkContext().getConf().contains("spark.executorEnv.LC_ALL")).isFalse();
    }
  }

  @Test
  void defaults_onACluster_leaveTheUserInterfaceToSpark() {
    assertThat(SparkSessions.defaults("spark://host:7077")).doesNotContainKey("spark.ui.enabled");
    assertThat(SparkSessions.defaults("yarn")).doesNotContainKey("spark.ui.enabled");
    assertThat(SparkSessions.defaults("local[*]")).containsEntry("spark.ui.enabled", "false");
    assertThat(SparkSessions.defaults("local-cluster[2,1,1024]"))
        .containsEntry("spark.ui.enabled", "false");
  }

  private static final class TorchThreads implements Function<Integer, String> {
    @Override
    public String call(Integer number) {
      return System.getProperty("ai.djl.pytorch.num_threads")
          + " "
          + System.getProperty("ai.djl.offline");
    }
  }
}
