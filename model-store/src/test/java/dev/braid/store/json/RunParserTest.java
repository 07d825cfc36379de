package dev.braid.store.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.RunId;
import dev.braid.model.record.RunRecord;
import dev.braid.model.record.RunRecord.Ending;
import dev.braid.model.record.RunRecord.TaskOutcome;
import dev.braid.store.json.run.RunParser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RunParserTest extends SealedParserContract<RunRecord> {
  @Override
  RunRecord value() {
    return new RunRecord(
        new RunId("20261130T020000000Z-0a1b2c3d"),
        LineId.MAIN,
        Instant.parse("2026-11-30T02:00:00Z"),
        Instant.parse("2026-11-30T04:30:00Z"),
        Ending.FAILED,
        Optional.of("no space"),
        Optional.of(7),
        List.of(
            new TaskOutcome(new TaskId("dtd"), ONE, "learned", List.of()),
            new TaskOutcome(new TaskId("food"), TWO, TaskOutcome.FAILED, List.of("no space"))),
        new TreeMap<>(Map.of("train", 8123.5)),
        new TreeMap<>(Map.of("driver-host", "night-7")));
  }

  @Override
  String golden() {
    return """
           {"ended":"2026-11-30T04:30:00Z","ending":"failed","format":1,\
           "id":"20261130T020000000Z-0a1b2c3d","line":"main",\
           "provenance":{"driver-host":"night-7"},"reason":"no space","seconds":{"train":8123.5},\
           "started":"2026-11-30T02:00:00Z","tasks":[{"file":"1…","outcome":"learned",\
           "reasons":[],"task":"dtd"},{"file":"2…","outcome":"failed","reasons":["no space"],\
           "task":"food"}],"version":7,\
           "sha-256":"c699069554a0b5e022cb6eedce51029bf91c14d96af0fd12fb9bcad299e6aa28"}""";
  }

  @Override
  Set<String> optional() {
    return Set.of("reason", "version");
  }

  @Override
  byte[] toJson(RunRecord value) {
    return RunParser.toJson(value);
  }

  @Override
  RunRecord fromJson(byte[] json, String file) {
    return RunParser.fromJson(json, file);
  }

  @Test
  void fromJson_ofANewerFormat_saysSo() {
    byte[] newer = Seal.set("{\"format\":2}".getBytes(UTF_8));

    assertThatThrownBy(() -> RunParser.fromJson(newer, "f"))
        .isInstanceOf(NewerReleaseException.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void starting_names_sortByTheirTimes() {
    RunId early = RunId.starting(Instant.parse("2026-01-02T03:04:05.006Z"));

    assertThat(early.name()).startsWith("20260102T030405006Z-");
    assertThat(early).isLessThan(RunId.starting(Instant.parse("2026-01-02T03:04:05.007Z")));
  }
}
