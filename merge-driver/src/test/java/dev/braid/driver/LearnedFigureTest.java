package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.driver.gate.GateDecision;
import dev.braid.driver.line.Author;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.VersionDraft;
import dev.braid.driver.merging.Candidate;
import dev.braid.driver.merging.MergeFixture;
import dev.braid.driver.merging.MergeJob;
import dev.braid.driver.merging.MergeStore;
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
import dev.braid.vlm.train.TrainSettings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A line whose first task an older release learned, without keeping its accuracy. */
final class LearnedFigureTest extends MergeFixture {
  private static final TaskId OLD = new TaskId("old");
  private static final TaskId NEW = new TaskId("new");
  private static final Author AUTHOR = Author.at(Clock.systemUTC());

  @Test
  void publish_afterATaskWithoutAFigure_keepsItsFigureAtTheHead() throws Exception {
    MergeStore given = new MergeStore(folder.resolve("older"));
    MergeJob job = new MergeJob(spark, given.location);
    ModelRecord start = given.start(MergeState.DELTAS, RescalerKind.GLOBAL);
    Line line = new Line(given.store, LineId.MAIN, FixedLineSettings.of(start));
    InboxFile file = given.store.inbox().add("", OLD);
    ModelRecord old = job.run(start, given.task("old", given.randomDelta(1))).record();
    var unused =
        new VersionDraft(
                "learn old",
                given.store.records().put(old),
                List.of(new InboxEntry(file.number(), OLD, file.digest())),
                List.of(),
                Optional.empty())
            .commit(given.store, LineId.MAIN, line.head(), AUTHOR);

    Candidate candidate = job.run(old, given.task("new", given.randomDelta(2)));
    PairedCounts night = new PairedCounts(40, 5, 0, 50);
    GateInput input =
        new GateInput(
            NEW,
            2,
            new PairedCounts(30, 0, 10, 50),
            new TreeMap<>(Map.of(OLD, new Change(line.head().validation(OLD), night))),
            Optional.empty(),
            List.of(),
            new EvaluationCost(1, 1));
    Digest stored = given.store.records().put(input, new GateResult(List.of()));
    var unusedDecision =
        new Publisher(given.store, line, AUTHOR, ProgressListener.SILENT)
            .publish(
                line.head(),
                candidate,
                request(given.store.inbox().add("", NEW)),
                new GateDecision(input, new GateResult(List.of()), stored));

    assertThat(line.head().validation(OLD)).contains(new Proportion(45, 50));
    assertThat(line.head().validation(NEW)).contains(new Proportion(40, 50));
  }

  private static Request request(InboxFile file) {
    return new Request(
        new InboxEntry(file.number(), file.task(), file.digest()),
        0,
        new IngestRequest(ImageFolder.of("nowhere"), 1),
        List.of("a {c}"),
        new TrainSettings(1, 1, 0, 1, 0, 0.9, 0.999, 1e-8, 0, 1),
        new Rounds(1, 1),
        Optional.empty());
  }
}
