package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.demo.base.TinyTask;
import dev.braid.driver.Decision.Fate;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.driver.TrainingTurns.Turn;
import dev.braid.driver.history.Requeue;
import dev.braid.driver.line.Author;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.model.LineId;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.RunId;
import dev.braid.model.record.RunRecord;
import dev.braid.model.record.RunRecord.Ending;
import dev.braid.model.record.RunRecord.TaskOutcome;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When runs work on their tasks, and when they give up. */
final class ScheduleTest extends PipelineFixture {
  private static final Instant EVENING = Instant.parse("2026-11-30T22:00:00Z");
  private static final Instant MORNING = Instant.parse("2026-12-01T06:00:00Z");

  @Test
  void run_whoseTimeIsOverWhileItTrains_keepsTheRoundsAndGoesOnNextTime() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(EVENING);
    schedule = until(now::get);
    ProgressListener morning =
        new ProgressListener() {
          @Override
          public void say(String line) {}

          @Override
          public void training(String label, int step, int steps, float loss) {
            assertThat(step).as("no second round").isEqualTo(roundSteps);
            now.set(MORNING);
          }
        };

    Outcome outcome = run(morning);

    assertThat(outcome.decisions()).isEmpty();
    assertThat(outcome.failed()).isEmpty();
    assertThat(outcome.postponed()).extracting(InboxEntry::task).isEqualTo(TASKS);
    assertThat(store.stagingAreas()).isNotEmpty();

    assertThat(run().postponed()).as("begun when the time is over").hasSize(2);
    schedule = Schedule.PLAIN;
    assertThat(learned(run())).isEqualTo(TASKS);
    Version resumed = head();
    store = createStore("undisturbed");
    location = store.location();
    run();
    assertThat(resumed.model()).isEqualTo(head().model());
  }

  @Test
  void run_withOneTrainingAtOnce_trainsInTheOrderOfMerging() {
    schedule =
        new Schedule(
            1, 2, Duration.ZERO, Optional.empty(), Quarantine.NEVER, InstantSource.system());
    List<String> rounds = new ArrayList<>();
    ProgressListener watching =
        new ProgressListener() {
          @Override
          public void say(String line) {}

          @Override
          public void training(String label, int step, int steps, float loss) {
            rounds.add(label + " " + step); // by one thread at a time
          }
        };
    steps = 200;

    assertThat(learned(run(watching))).isEqualTo(TASKS);
    assertThat(rounds).hasSize(20);
    assertThat(rounds.subList(0, 10))
        .map(round -> round.split(" ", 2)[0])
        .containsOnly(rounds.get(0).split(" ", 2)[0]);
  }

  @Test
  void await_ofSeveral_givesTheTurnToTheFirstInTheOrderOfMerging() throws Exception {
    AtomicInteger limit = new AtomicInteger(1);
    TrainingTurns turns = new TrainingTurns(limit::get, () -> false);
    List<Request> requests = store.inbox().files().stream().map(this::request).toList();
    Turn first = turns.await(requests.get(1));
    List<FutureTask<Turn>> waiting = new ArrayList<>();
    for (Request request : List.of(important(requests.get(1)), requests.get(0))) {
      FutureTask<Turn> turn = new FutureTask<>(() -> turns.await(request));
      waiting.add(turn);
      new Thread(turn).start();
    }
    while (turns.waiting() < waiting.size()) {
      Thread.onSpinWait();
    }
    assertThat(turns.training()).isEqualTo(1);

    first.close();
    Turn second = waiting.get(0).get(30, TimeUnit.SECONDS);
    assertThat(waiting.get(1).isDone()).isFalse();
    limit.set(2); // noticed without a word
    waiting.get(1).get(30, TimeUnit.SECONDS).close();
    second.close();
    assertThat(turns.training()).isZero();
    TrainingTurns over = new TrainingTurns(() -> 1, () -> true);
    assertThatThrownBy(() -> over.await(requests.get(0))).isInstanceOf(PostponedException.class);
  }

  @Test
  void run_inTheThirdFailedNight_quarantinesTheTaskAndLearnsTheOthers() throws Exception {
    TinyTask.COLOURS.write(folder.resolve("colours"));
    TinyTask.STRIPES.write(folder.resolve("stripes"));
    pictures = folder;
    Path unreadable = folder.resolve("colours/train/kind-0/memory.png");
    Files.createSymbolicLink(unreadable, Path.of("/proc/self/mem"));
    InboxFile file = store.inbox().files().get(0);
    List<RunRecord> nights =
        List.of(failed(file, Duration.ofDays(1)), failed(file, Duration.ofDays(2)));
    schedule =
        new Schedule(
            0,
            1,
            Duration.ZERO,
            Optional.empty(),
            new Quarantine(3, Duration.ofHours(6), InstantSource.system(), nights::stream),
            InstantSource.system());

    Outcome outcome = run();

    assertThat(outcome.failed()).isEmpty();
    assertThat(outcome.decisions())
        .extracting(Decision::fate)
        .containsExactly(Fate.LEARNED, Fate.QUARANTINED);
    assertThat(head().setAside())
        .singleElement()
        .satisfies(
            aside -> {
              assertThat(aside.task()).isEqualTo(TASKS.get(0));
              assertThat(aside.reason()).startsWith("quarantined after 3 failed nights: Cannot");
            });
    assertThat(run().decisions()).as("it costs no further night").isEmpty();

    Files.delete(unreadable);
    var unused = new Requeue(store, line(), Author.at(Clock.systemUTC())).run(TASKS.get(0));
    assertThat(learned(run())).containsExactly(TASKS.get(0));
  }

  @Test
  void backoff_doublesAndIsBounded() {
    Schedule patient =
        new Schedule(
            0,
            9,
            Duration.ofSeconds(10),
            Optional.empty(),
            Quarantine.NEVER,
            InstantSource.system());

    assertThat(Stream.of(1, 2, 3, 40).map(patient::backoff))
        .containsExactly(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(40),
            Duration.ofMinutes(10));
  }

  private static Schedule until(InstantSource clock) {
    return new Schedule(0, 2, Duration.ZERO, Optional.of(MORNING), Quarantine.NEVER, clock);
  }

  private static Request important(Request request) {
    return new Request(
        request.file(),
        9,
        request.pictures(),
        request.templates(),
        request.training(),
        request.rounds(),
        request.replaces());
  }

  private static RunRecord failed(InboxFile file, Duration ago) {
    Instant then = Instant.now().minus(ago);
    return new RunRecord(
        RunId.starting(then),
        LineId.MAIN,
        then,
        then,
        Ending.FAILED,
        Optional.empty(),
        Optional.empty(),
        List.of(new TaskOutcome(file.task(), file.digest(), TaskOutcome.FAILED, List.of("disk"))),
        new TreeMap<>(),
        new TreeMap<>());
  }
}
