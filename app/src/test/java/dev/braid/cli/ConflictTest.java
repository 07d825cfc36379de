package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.cli.FailingDisk.Fault;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.store.file.LocalDisk;
import org.junit.jupiter.api.Test;

/** Tests a run on a line that another process moves on before each of its commits. */
final class ConflictTest extends CommandFixture {
  @Test
  void run_overtakenEachTime_reportsWhatItPublishedAndEndsAsAConflict() {
    init();
    add("colours");
    add("stripes");

    CommandResult overtaken =
        braid(
            "run",
            "--master",
            "local[2]",
            "--conf",
            "store.options.\"%s\"=%s".formatted(LocalDisk.CLASS, FailingDisk.class.getName()),
            "--conf",
            "store.options.\"%s\"=%s".formatted(FailingDisk.FAULT, Fault.OVERTAKEN));

    assertThat(overtaken.code()).as(overtaken.error()).isEqualTo(ExitCode.CONFLICT.code());
    JsonNode json = overtaken.json();
    assertThat(json.get("decisions")).hasSize(1);
    assertThat(json.get("decisions").get(0).get("task").asText()).isEqualTo("colours");
    assertThat(json.get("decisions").get(0).get("version").asInt()).isEqualTo(1);
    assertThat(json.get("conflict").get("task").asText()).isEqualTo("stripes");
    assertThat(json.get("conflict").get("reason").asText())
        .isEqualTo(
            "Cannot commit version 4 of line main: another process committed first (run again)");
    assertThat(overtaken.text()).contains("Learned colours.");
    assertThat(overtaken.error())
        .contains(
            "braid: Could not decide about stripes, though tried repeatedly: Cannot commit version"
                + " 4")
        .doesNotContain("garbage");

    CommandResult alone = braid("run", "--master", "local[2]");
    assertThat(alone.code()).as(alone.error()).isZero();
    assertThat(alone.json().get("decisions").get(0).get("task").asText()).isEqualTo("stripes");
    assertThat(alone.json().has("conflict")).isFalse();
  }
}
