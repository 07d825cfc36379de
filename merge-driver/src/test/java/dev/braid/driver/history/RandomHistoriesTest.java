package dev.braid.driver.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.driver.Decision;
import dev.braid.driver.Publisher;
import dev.braid.driver.Request;
import dev.braid.driver.gate.GateDecision;
import dev.braid.driver.line.Author;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.InboxState;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.Line.Head;
import dev.braid.driver.merging.Candidate;
import dev.braid.driver.merging.HastyDisk;
import dev.braid.driver.merging.MergeFixture;
import dev.braid.driver.merging.MergeJob;
import dev.braid.driver.merging.MergeStore;
import dev.braid.driver.merging.Replacement;
import dev.braid.driver.merging.Residue;
import dev.braid.driver.merging.TaskDraft;
import dev.braid.driver.strategy.Rounds;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.RescalerKind;
import dev.braid.model.TaskId;
import dev.braid.model.figures.EvaluationCost;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateInput.Change;
import dev.braid.model.figures.GateResult;
import dev.braid.model.figures.PairedCounts;
import dev.braid.model.figures.Proportion;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.store.StoreLocation;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.file.LocalDisk;
import dev.braid.store.json.ModelParser;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random histories of learning, removal, replacement and rollback: under truth {@code deltas} the
 * model depends only on the remaining tasks in their order.
 *
 * <p>{@code -Dbraid.histories=100} runs more of them.
 */
final class RandomHistoriesTest extends MergeFixture {
  private static final int HISTORIES = Integer.getInteger("braid.histories", 1);
  private static final int EVENTS = 8;
  private static final int MOST_TASKS = 5;

  @Test
  void headOfALineThatWasRewritten_hasTheDigestOfALineThatSawItsTasksAlone() throws Exception {
    for (int seed = 0; seed < HISTORIES; seed++) {
      String log = new History(seed).run();
      System.out.println(log);
    }
  }

  /** A task of the line: its name and the seed of its delta. */
  private record Known(TaskId name, int seed) {
    /** The accuracy with which it is learned. */
    Proportion accuracy() {
      return new Proportion(seed, 1000);
    }
  }

  private MergeStore store(String name) throws IOException {
    return new MergeStore(
        new StoreLocation(
            folder.resolve(name).toString(),
            new TreeMap<>(Map.of(LocalDisk.CLASS, HastyDisk.class.getName()))));
  }

  /** One line, and the tasks that it should have learned after each version. */
  private final class History {
    private final int number;
    private final Random random;
    private final RescalerKind rescalerKind;
    private final MergeStore given;
    private final MergeJob job;
    private final Line line;
    private final List<List<Known>> states = new ArrayList<>(List.of(List.of()));
    private final StringBuilder log = new StringBuilder();

    History(int number) throws IOException {
      this.number = number;
      this.random = new Random(number);
      this.rescalerKind = RescalerKind.values()[number % RescalerKind.values().length];
      this.given = store("history-" + number);
      this.job = new MergeJob(spark, given.location);
      this.line =
          new Line(
              given.store,
              LineId.MAIN,
              FixedLineSettings.of(given.start(MergeState.DELTAS, rescalerKind)));
      log.append("History ").append(number).append(':');
    }

    String run() throws IOException, CommitConflictException {
      for (int event = 0; event < EVENTS; event++) {
        List<Known> tasks = new ArrayList<>(states.get(states.size() - 1));
        states.add(List.copyOf(happen(event, tasks)));
        checkHead();
      }
      assertThat(line.head().version().orElseThrow().model()).as("%s", log).isEqualTo(alone());
      return log.toString();
    }

    private List<Known> happen(int event, List<Known> tasks) throws CommitConflictException {
      int die = random.nextInt(10);
      int place = tasks.isEmpty() ? 0 : random.nextInt(tasks.size());
      if (tasks.isEmpty() || event < 2 || (die < 3 && tasks.size() < MOST_TASKS)) {
        tasks.add(learn(new Known(new TaskId("task-" + event), draw()), Optional.empty()));
      } else if (die < 7) {
        Known replaced = new Known(tasks.get(place).name(), draw());
        tasks.set(place, learn(replaced, Optional.of(Residue.REFUSED)));
      } else if (die < 9) {
        Known gone = tasks.remove(place);
        log.append(" remove ").append(gone.name());
        Removal removal =
            new Removal(
                given.store,
                line,
                job::mergeAll,
                merged -> merged,
                () -> Author.at(Clock.systemUTC()));
        assertThat(removal.run(gone.name(), Residue.REFUSED)).isPresent();
      } else {
        return rollBack(tasks);
      }
      return tasks;
    }

    private int draw() {
      return random.nextInt(1000);
    }

    private Known learn(Known task, Optional<Residue> replaces) throws CommitConflictException {
      log.append(replaces.isPresent() ? " replace " : " learn ").append(task.name());
      Head head = line.head();
      InboxFile file = given.store.inbox().add("", task.name());
      TaskDraft added = given.task(task.name().name(), given.randomDelta(task.seed()));
      Candidate candidate =
          replaces.isPresent()
              ? new Replacement(given.store, LineId.MAIN)
                  .run(job, head.model(), added, replaces.get())
              : job.run(head.model(), added);
      Digest figures = given.store.objects().put(new byte[] {'{', '}'}, "json");
      Decision decision =
          new Publisher(given.store, line, Author.at(Clock.systemUTC()), ProgressListener.SILENT)
              .publish(head, candidate, request(file, replaces), accepted(head, task, figures));
      assertThat(decision.version().action())
          .isEqualTo((replaces.isPresent() ? "replace " : "learn ") + task.name());
      return task;
    }

    /** All known tasks get worse; what was measured when they were learned stays. */
    private static GateDecision accepted(Head head, Known task, Digest figures) {
      SortedMap<TaskId, Change> known = new TreeMap<>();
      for (InboxEntry entry : head.taken()) {
        known.put(entry.task(), new Change(entry.validation(), new PairedCounts(0, 1, 0, 2)));
      }
      PairedCounts added =
          new PairedCounts(task.accuracy().correct(), 0, 0, task.accuracy().total());
      GateInput input =
          new GateInput(
              task.name(), 2, added, known, Optional.empty(), List.of(), new EvaluationCost(2, 1));
      return new GateDecision(input, new GateResult(List.of()), figures);
    }

    private List<Known> rollBack(List<Known> tasks) throws CommitConflictException {
      int version = 1 + random.nextInt(states.size() - 1);
      boolean done =
          new Rollback(given.store, line, Author.at(Clock.systemUTC())).run(version).isPresent();
      log.append(done ? " roll back to " : " stay at ").append(version);
      if (!done) { // there is no version of it
        states.remove(states.size() - 1);
        return tasks;
      }
      return states.get(version);
    }

    private void checkHead() {
      List<TaskId> names = states.get(states.size() - 1).stream().map(Known::name).toList();
      assertThat(line.head().taken()).as("%s", log).extracting(InboxEntry::task).isEqualTo(names);
      assertThat(line.head().taken())
          .as("%s", log)
          .extracting(entry -> entry.validation().orElseThrow())
          .isEqualTo(states.get(states.size() - 1).stream().map(Known::accuracy).toList());
      assertThat(InboxState.of(given.store, LineId.MAIN).waiting()).isEmpty();
    }

    /** The model digest of another line that learned only the final tasks. */
    private Digest alone() throws IOException {
      MergeStore fresh = store("fresh-" + number);
      MergeJob merge = new MergeJob(spark, fresh.location);
      ModelRecord model = fresh.start(MergeState.DELTAS, rescalerKind);
      for (Known task : states.get(states.size() - 1)) {
        TaskDraft added = fresh.task(task.name().name(), fresh.randomDelta(task.seed()));
        model = merge.run(model, added).record();
      }
      return Digest.of(ModelParser.toJson(model));
    }
  }

  private static Request request(InboxFile file, Optional<Residue> replaces) {
    return new Request(
        new InboxEntry(file.number(), file.task(), file.digest()),
        /* priority= */ 0,
        new IngestRequest(ImageFolder.of("/pictures"), 1),
        List.of("{c}"),
        new TrainSettings(8, 10, 2, 1e-3, 0.2, 0.9, 0.999, 1e-8, 0, 1),
        new Rounds(1, 100),
        replaces);
  }
}
