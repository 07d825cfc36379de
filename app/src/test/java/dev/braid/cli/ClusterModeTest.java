package dev.braid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.model.LineId;
import dev.braid.model.record.LeaseRecord;
import dev.braid.model.record.RunId;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What a scheduler gets from a run: an exit code, where there is one, and an outcome in the store.
 */
class ClusterModeTest extends CommandFixture {
  @Test
  void main_inClusterMode_returnsOnSuccessAndExitsOtherwise() throws Exception {
    init();
    add("colours");

    Ended run = submitted("cluster", "run", "--master", "local[1]");
    assertThat(run.code()).as(run.text()).isZero();
    assertThat(run.text()).contains("Learned colours.").endsWith("returned\n");

    Ended wrong = submitted("cluster", "run", "--master", "local[1]", "--no-such-option");
    assertThat(wrong.code()).isEqualTo(ExitCode.WRONG_USAGE.code());
    assertThat(wrong.text()).doesNotContain("returned");
    Ended client = submitted("client", "status");
    assertThat(client.code()).isZero();
    assertThat(client.text()).doesNotContain("returned");
  }

  @Test
  void run_ofARefusedTask_leavesItsOutcomeAndExitsWithZeroIfThatIsOk() throws IOException {
    init();
    CommandResult idle = braid("run", "--master", "local[1]");
    assertThat(idle.code()).isZero();
    assertThat(lastRun().get("ending").asText()).isEqualTo("done");
    spoil("good");
    assertThat(braid("run", "--master", "local[1]").code()).isEqualTo(5);
    assertThat(lastRun().get("ending").asText()).isEqualTo("refused");
    assertThat(lastRun().get("exit-code").asInt()).isEqualTo(5);
    assertThat(lastRun().at("/tasks/0/task").asText()).isEqualTo("good");
    assertThat(lastRun().at("/tasks/0/outcome").asText()).isEqualTo("set-aside");
    assertThat(lastRun().at("/tasks/0/reasons/0").asText()).contains("Cannot learn");
    assertThat(lastRun().at("/seconds/inspect").asDouble()).isPositive();
    assertThat(lastRun().at("/provenance/spark-application").asText()).startsWith("local-");
    spoil("better");
    assertThat(braid("run", "--master", "local[1]", "--ok-refused").code()).isZero();
    assertThat(lastRun().get("exit-code").asInt()).isEqualTo(5);
  }

  @Test
  void run_thatFails_leavesItsOutcome() {
    init();
    add("colours");

    assertThat(braid("run", "--master", "nowhere").code()).isEqualTo(2);

    assertThat(lastRun().get("ending").asText()).isEqualTo("failed");
    assertThat(lastRun().get("reason").asText()).startsWith("Cannot start Spark");
    assertThat(lastRun().get("version")).isNull();
  }

  @Test
  void run_besideAnotherOne_saysWhoIsAtWork() {
    init();
    add("colours");
    ModelStore store = ModelStore.open(StoreLocation.of(folder.resolve("store").toString()));
    Instant now = Instant.now();
    store
        .leases()
        .write(
            new LeaseRecord(
                LineId.MAIN,
                RunId.starting(now),
                "anna",
                "night-7",
                4711,
                now,
                3,
                Duration.ofHours(1)));

    CommandResult second = braid("run", "--master", "local[1]");

    assertThat(second.code()).isEqualTo(ExitCode.CONFLICT.code());
    assertThat(second.error())
        .contains("of anna on night-7, process 4711 works on it")
        .contains("or with --wait");
    assertThat(lastRun().get("ending").asText()).isEqualTo("conflict");
    assertThat(lastRun().get("exit-code").asInt()).isEqualTo(4);
    store.leases().delete(LineId.MAIN);
    assertThat(braid("run", "--master", "local[1]", "--wait").code()).isZero();
    assertThat(store.leases().find(LineId.MAIN)).isEmpty();
  }

  private JsonNode lastRun() {
    return braid("status").json().get("last-run");
  }

  /** Adds a task whose pictures are none. */
  private void spoil(String name) throws IOException {
    for (String file : List.of("train/a/1.png", "train/b/1.png", "test/a/1.png", "test/b/1.png")) {
      Path picture = folder.resolve(name).resolve(file);
      Files.createDirectories(picture.getParent());
      Files.writeString(picture, "no picture");
    }
    assertThat(
            braid("add", "--unchecked", "--name", name, "--images", folder.resolve(name).toString())
                .code())
        .isZero();
  }

  private record Ended(int code, String text) {}

  /** The command as spark-submit calls it. */
  private Ended submitted(String deployMode, String... command) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    line.add("-Dspark.submit.deployMode=" + deployMode);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(ReturningMain.class.getName());
    line.addAll(arguments(command));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(text).isTrue();
    return new Ended(process.exitValue(), text);
  }
}
