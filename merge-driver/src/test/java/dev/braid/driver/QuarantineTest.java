package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.driver.Prepared.Failed;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.record.RunId;
import dev.braid.model.record.RunRecord;
import dev.braid.model.record.RunRecord.Ending;
import dev.braid.model.record.RunRecord.TaskOutcome;
import dev.braid.model.record.Version.InboxEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class QuarantineTest {
  private static final Instant NOW = Instant.parse("2026-11-30T02:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final TaskId TASK = new TaskId("dtd");
  private static final Digest FILE = Digest.of("dtd");

  private final List<RunRecord> newestFirst = new ArrayList<>();

  @Test
  void reason_inTheThirdFailedNight_quarantines() {
    assertThat(reason()).isEmpty();
    run(NOW.minus(DAY), "failed");
    assertThat(reason()).isEmpty();
    run(NOW.minus(DAY.multipliedBy(2)), "failed");

    assertThat(reason()).hasValue("quarantined after 3 failed nights: no space");
    assertThat(Quarantine.isQuarantine(reason().orElseThrow())).isTrue();
  }

  @Test
  void reason_afterRepetitionsInOneNight_countsThemOnce() {
    for (int hour = 1; hour <= 5; hour++) {
      run(NOW.minus(Duration.ofHours(hour)), "failed");
    }

    assertThat(reason()).isEmpty();
  }

  @Test
  void reason_afterADecision_countsAnew() {
    run(NOW.minus(DAY), "failed");
    run(NOW.minus(DAY.multipliedBy(2)), "quarantined"); // and then brought back
    run(NOW.minus(DAY.multipliedBy(3)), "failed");
    run(NOW.minus(DAY.multipliedBy(4)), "failed");

    assertThat(reason()).isEmpty();
  }

  @Test
  void reason_passesOverRunsThatSayNothingAboutTheTask() {
    run(NOW.minus(DAY), "stopped");
    run(NOW.minus(DAY.multipliedBy(2)), "failed");
    run(NOW.minus(DAY.multipliedBy(3)), "postponed");
    newestFirst.add(record(NOW.minus(DAY.multipliedBy(4)), List.of()));
    run(NOW.minus(DAY.multipliedBy(5)), "failed");

    assertThat(reason()).isPresent();
  }

  @Test
  void reason_ofACancelledTaskOrWithoutALimit_isNone() {
    run(NOW.minus(DAY), "failed");
    run(NOW.minus(DAY.multipliedBy(2)), "failed");

    assertThat(quarantine(3).reason(failed(new CancellationException("stopped")))).isEmpty();
    assertThat(quarantine(0).reason(failed(new IllegalStateException("no space")))).isEmpty();
  }

  @Test
  void reason_whenTheClockWasSetBack_countsTheDistance() {
    run(NOW.plus(DAY), "failed");
    run(NOW.minus(DAY), "failed");

    assertThat(reason()).isPresent();
  }

  private Optional<String> reason() {
    return quarantine(3).reason(failed(new IllegalStateException("no space\nat a place")));
  }

  private Quarantine quarantine(int nights) {
    return new Quarantine(
        nights, Duration.ofHours(6), InstantSource.fixed(NOW), newestFirst::stream);
  }

  private static Failed failed(RuntimeException cause) {
    return new Failed(new InboxEntry(1, TASK, FILE), cause);
  }

  private void run(Instant ended, String outcome) {
    newestFirst.add(record(ended, List.of(new TaskOutcome(TASK, FILE, outcome, List.of()))));
  }

  private static RunRecord record(Instant ended, List<TaskOutcome> tasks) {
    return new RunRecord(
        RunId.starting(ended),
        LineId.MAIN,
        ended,
        ended,
        Ending.FAILED,
        Optional.empty(),
        Optional.empty(),
        tasks,
        new TreeMap<>(),
        new TreeMap<>());
  }
}
