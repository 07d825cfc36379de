package dev.braid.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.figures.EvaluationCost;
import dev.braid.model.figures.GateFigures;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateInput.Change;
import dev.braid.model.figures.GateInput.Union;
import dev.braid.model.figures.GateInput.UnionChange;
import dev.braid.model.figures.GateResult;
import dev.braid.model.figures.PairedCounts;
import dev.braid.model.figures.Proportion;
import dev.braid.model.figures.ValidationFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads back what the gate measured. */
class GateFiguresTest {
  private static final TaskId OLD = new TaskId("old");
  private static final TaskId NEW = new TaskId("new");

  @TempDir Path folder;
  private ModelStore store;

  @BeforeEach
  void createStore() throws IOException {
    store = TinyBase.createStore(folder);
  }

  @Test
  void gate_thatWasStored_hasTheAccuraciesOfHeadAndCandidate() {
    GateInput input =
        new GateInput(
            NEW,
            3,
            new PairedCounts(20, 4, 10, 50), // base 24, candidate 30
            shares(
                OLD, new Change(Optional.of(new Proportion(9, 10)), new PairedCounts(7, 2, 1, 10))),
            Optional.of(
                new Union(
                    new Proportion(29, 50),
                    shares(OLD, new UnionChange(new PairedCounts(5, 1, 0, 10), 3)))),
            List.of(),
            new EvaluationCost(60, 1.5));
    GateResult result = new GateResult(List.of("old falls"));

    assertThat(store.records().gate(store.records().put(input, result)))
        .isEqualTo(
            new GateFigures(
                NEW,
                result,
                new ValidationFigures(
                    shares(OLD, new Proportion(9, 10)), shares(OLD, new Proportion(6, 10))),
                new ValidationFigures(
                    shares(OLD, new Proportion(8, 10), NEW, new Proportion(30, 50)),
                    shares(OLD, new Proportion(5, 10), NEW, new Proportion(29, 50))),
                Optional.of(new EvaluationCost(60, 1.5))));
  }

  @Test
  void gate_ofTheFirstFormat_hasNoFiguresOfUnknownTasksAndNoCost() {
    Digest stored =
        store
            .objects()
            .put(
                """
{"base":{"correct":24,"total":50},"candidate":{"correct":30,"total":50},"classes":3,\
"known":{"old":{"candidate":{"correct":8,"total":10},"head":{"correct":9,"total":10}}},\
"reasons":[],"task":"new"}"""
                    .getBytes(UTF_8),
                "json");

    GateFigures gate = store.records().gate(stored);
    assertThat(gate.cost()).isEmpty();
    assertThat(gate.candidate().known())
        .isEqualTo(shares(OLD, new Proportion(8, 10), NEW, new Proportion(30, 50)));
    assertThat(gate.candidate().union()).isEmpty();
    assertThat(gate.head().union()).isEmpty();
  }

  private static <T> SortedMap<TaskId, T> shares(TaskId task, T share) {
    return new TreeMap<>(Map.of(task, share));
  }

  private static <T> SortedMap<TaskId, T> shares(TaskId one, T first, TaskId other, T second) {
    return new TreeMap<>(Map.of(one, first, other, second));
  }
}
