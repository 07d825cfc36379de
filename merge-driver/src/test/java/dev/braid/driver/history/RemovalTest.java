package dev.braid.driver.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.driver.line.Author;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.InboxState;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.VersionDraft;
import dev.braid.driver.merging.Candidate;
import dev.braid.driver.merging.MergeFixture;
import dev.braid.driver.merging.MergeJob;
import dev.braid.driver.merging.MergeStore;
import dev.braid.driver.merging.RefusedTaskException;
import dev.braid.driver.merging.Replacement;
import dev.braid.driver.merging.Residue;
import dev.braid.driver.merging.TaskDraft;
import dev.braid.model.LineId;
import dev.braid.model.RescalerKind;
import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import dev.braid.store.commit.CommitConflictException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lines of four synthetic tasks, one of which is removed or replaced. */
final class RemovalTest extends MergeFixture {
  private static final LineId MAIN = new LineId("main");

  private Line line;

  @BeforeEach
  void beginLine() {
    line = line(given.start(MergeState.DELTAS, RescalerKind.GLOBAL));
  }

  @ParameterizedTest
  @EnumSource
  void run_underTruthDeltas_givesTheModelOfALineThatNeverSawTheTask(RescalerKind rescalerKind)
      throws IOException, CommitConflictException {
    learn(MergeState.DELTAS, rescalerKind, 0, 1, 2, 3);

    remove("task-1", Residue.REFUSED);

    ModelRecord removed = line.head().model();
    given = new MergeStore(folder.resolve("other"));
    job = new MergeJob(spark, given.location);
    ModelRecord others = learn(MergeState.DELTAS, rescalerKind, 0, 2, 3);
    assertThat(removed).isEqualTo(others);
  }

  @Test
  void run_underTruthDeltas_readsNothingOfTheTask() throws Exception {
    ModelRecord model = learn(MergeState.DELTAS, RescalerKind.GLOBAL, 0, 1, 2);
    for (String file :
        given.store.blobs().locations(given.store.blobs().get(given.record(model, 0).delta()))) {
      Files.delete(Path.of(URI.create(file)));
    }

    remove("task-0", Residue.REFUSED);

    assertThat(line.head().model().tasks()).extracting(Learned::step).containsExactly(1, 2);
  }

  @ParameterizedTest
  @EnumSource
  void run_ofTheTaskThatWasLearnedLast_goesBackToTheModelBefore(MergeState mergeState)
      throws CommitConflictException {
    ModelRecord three = learn(mergeState, RescalerKind.GLOBAL, 0, 1, 2);
    ModelRecord four = learnOneMore(three, 3);
    assertThat(line.head().model()).isEqualTo(four);

    remove("task-3", Residue.REFUSED);

    assertThat(line.head().model()).isEqualTo(three);
  }

  @ParameterizedTest
  @EnumSource
  void run_ofTheOnlyTask_leavesTheBase(MergeState mergeState) throws CommitConflictException {
    ModelRecord one = learn(mergeState, RescalerKind.GLOBAL, 0);

    remove("task-0", Residue.REFUSED);

    assertThat(line.head().model()).isEqualTo(Line.withoutTasks(one));
    assertThat(line.head().taken()).isEmpty();
    assertThat(line.head().setAside()).extracting(SetAside::reason).containsExactly("removed");
  }

  @Test
  void run_underTruthDecoupled_refusesUnlessTheResidueIsAccepted() throws Exception {
    ModelRecord model = learn(MergeState.DECOUPLED, RescalerKind.TENSOR_MEAN, 0, 1, 2);

    assertThatThrownBy(() -> remove("task-1", Residue.REFUSED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot remove task-1 from line main: under truth decoupled")
        .hasMessageContaining("[task-0, task-2] cannot be undone")
        .hasMessageContaining("--accept-residue");
    assertThat(line.head().model()).isEqualTo(model);

    remove("task-1", Residue.ACCEPTED);

    ModelRecord left = line.head().model();
    assertThat(left.state()).isEqualTo(model.state());
    assertThat(left.tasks()).containsExactly(model.tasks().get(0), model.tasks().get(2));
    assertThat(job.health(left)).isEqualTo(job.health(model).without(new TaskId("task-1")));
    // The residue must not become active again: a later task merges with the two others.
    ModelRecord next = job.run(left, given.task("next", given.randomDelta(9))).record();
    assertThat(next.tasks()).extracting(Learned::step).containsExactly(1, 3, 4);

    // A version with residue does not count as one that never learned the task.
    learnOneMore(left, 7);
    remove("task-7", Residue.ACCEPTED);
    assertThat(line.head().model().state()).isNotEqualTo(left.state());
  }

  @Test
  void replacement_underTruthDecoupled_isExactOfTheLastAndElseRefused() {
    ModelRecord one = learn(MergeState.DECOUPLED, RescalerKind.TENSOR_MEAN, 0);
    ModelRecord two = learnOneMore(one, 1);
    TaskDraft last = given.task("task-1", given.randomDelta(8));
    TaskDraft first = given.task("task-0", given.randomDelta(9));
    Replacement replacement = new Replacement(given.store, MAIN);

    assertThat(replacement.obstacle(two, last.task())).isEmpty();
    assertThat(replacement.run(job, two, last, Residue.REFUSED)).isEqualTo(job.run(one, last));

    assertThatThrownBy(() -> replacement.run(job, two, first, Residue.REFUSED))
        .isInstanceOf(RefusedTaskException.class)
        .hasMessage(replacement.obstacle(two, first.task()).orElseThrow())
        .hasMessageStartingWith("Cannot replace task-0 on line main: under truth decoupled")
        .hasMessageContaining("the experts of [task-1] cannot be undone")
        .hasMessageContaining("--accept-residue");

    ModelRecord left = two.withTasks(two.tasks().subList(1, 2));
    Candidate accepted = replacement.run(job, two, first, Residue.ACCEPTED);
    assertThat(accepted.record()).isEqualTo(job.run(left, first).record());
    assertThat(accepted.record().tasks()).extracting(Learned::step).containsExactly(2, 3);
  }

  @Test
  void run_ofATaskThatWaits_setsItAside() throws CommitConflictException {
    ModelRecord model = learn(MergeState.DELTAS, RescalerKind.GLOBAL, 0);
    given.store.inbox().add("", new TaskId("later"));

    remove("later", Residue.REFUSED);

    assertThat(line.head().model()).isEqualTo(model);
    assertThat(line.head().setAside())
        .extracting(SetAside::reason)
        .containsExactly("removed before it was learned");
    assertThat(InboxState.of(given.store, MAIN).waiting()).isEmpty();
    assertThat(removal().run(new TaskId("later"), Residue.REFUSED)).isEmpty();
  }

  @Test
  void run_onALineWithoutAVersion_setsAsideWhatWaits() throws CommitConflictException {
    given.store.inbox().add("", new TaskId("later"));
    remove("later", Residue.REFUSED);

    assertThat(line.head().version().orElseThrow().number()).isEqualTo(1);
    assertThat(line.head().model().tasks()).isEmpty();
  }

  @Test
  void run_ofATaskThatIsNotKnown_isRefused() {
    learn(MergeState.DELTAS, RescalerKind.GLOBAL, 0);

    assertThatThrownBy(() -> remove("other", Residue.ACCEPTED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot remove other from line main: the line has not learned it, and it does not wait"
                + " ('braid status')");
  }

  @Test
  void run_whereTheOthersHaveNoRule_isRefused() {
    ModelRecord model = learn(MergeState.DELTAS, RescalerKind.GLOBAL, 0, 1);
    Removal removal =
        removal(
            merged -> {
              throw new IllegalArgumentException("Invalid statistics: all are equal");
            });

    assertThatThrownBy(() -> removal.run(new TaskId("task-1"), Residue.REFUSED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot remove task-1 from line main: the tasks that stay cannot be asked by the rule"
                + " of the settings (braid.routing): Invalid statistics: all are equal");
    assertThat(line.head().model()).isEqualTo(model);
  }

  private void remove(String task, Residue residue) throws CommitConflictException {
    assertThat(removal().run(new TaskId(task), residue)).isPresent();
  }

  private Removal removal() {
    return removal(merged -> merged);
  }

  private Removal removal(UnaryOperator<ModelRecord> answering) {
    return new Removal(
        given.store, line, job::mergeAll, answering, () -> Author.at(Clock.systemUTC()));
  }

  private ModelRecord learn(MergeState mergeState, RescalerKind rescalerKind, int... tasks) {
    ModelRecord model = given.start(mergeState, rescalerKind);
    line = line(model);
    for (int task : tasks) {
      model = learnOneMore(model, task);
    }
    return model;
  }

  private ModelRecord learnOneMore(ModelRecord before, int task) {
    String name = "task-" + task;
    ModelRecord model = job.run(before, given.task(name, given.randomDelta(task))).record();
    Line.Head head = line.head();
    InboxFile file = given.store.inbox().add("", new TaskId(name));
    List<InboxEntry> taken = new ArrayList<>(head.taken());
    taken.add(new InboxEntry(file.number(), file.task(), file.digest()));
    try {
      Version ignored =
          new VersionDraft(
                  "learn " + name,
                  given.store.records().put(model),
                  taken,
                  head.setAside(),
                  Optional.empty())
              .commit(given.store, MAIN, head, Author.at(Clock.systemUTC()));
    } catch (CommitConflictException e) {
      throw new AssertionError(e);
    }
    return model;
  }

  private Line line(ModelRecord model) {
    return new Line(given.store, MAIN, FixedLineSettings.of(model));
  }
}
