package dev.braid.driver.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.TaskId;
import dev.braid.model.figures.EvaluationCost;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateInput.Change;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.figures.Proportion;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final TaskId NEW = new TaskId("new");
  private static final TaskId OLD = new TaskId("old");
  private static final EvaluationCost COST = new EvaluationCost(1, 1);
  private static final Gate GATE = new Gate(new Gate.Rule(0.02, MergeHealth.Limits.NONE));

  @Test
  void judge_ofAGoodTask_accepts() {
    assertThat(GATE.decide(input(10, share(20), share(90), share(95), share(94))).reasons())
        .isEmpty();
  }

  @Test
  void judge_ofADropOfExactlyTheLimit_accepts() {
    assertThat(GATE.decide(input(10, share(20), share(90), share(92), share(90))).accepted())
        .isTrue();
  }

  @Test
  void judge_ofADropAboveTheLimit_namesTheTaskAndBothFigures() {
    assertThat(GATE.decide(input(10, share(20), share(90), share(92), share(89))).reasons())
        .containsExactly(
            "old would fall by 3.0 points (at most 2.0): 89.0 % (89 of 100), at the head 92.0 %"
                + " (92 of 100)");
  }

  @Test
  void judge_ofATaskWorseThanTheBase_refuses() {
    assertThat(GATE.decide(input(10, share(60), share(59), share(90), share(90))).reasons())
        .containsExactly("new is worse than the base: 59.0 % (59 of 100), base 60.0 % (60 of 100)");
  }

  @Test
  void judge_ofATaskWithinTheIntervalOfChance_refuses() {
    // 14 of 100 is above 1 in 10, but its 95 % interval (from 8.5 %) still contains chance.
    assertThat(GATE.decide(input(10, share(5), share(14), share(90), share(90))).reasons())
        .singleElement()
        .asString()
        .startsWith("new is not above chance: 14.0 % (14 of 100), 95 % interval from 8.5 %");
  }

  @Test
  void judge_withAnAlarm_refusesAndKeepsItsSentence() {
    GateInput input =
        new GateInput(
            NEW, 10, share(20), share(90), new TreeMap<>(), List.of("old was lost"), COST);

    assertThat(GATE.decide(input).reasons()).containsExactly("old was lost");
  }

  @Property
  void judge_ofBetterFigures_neverTurnsAgainstTheCandidate(
      @ForAll @IntRange(max = 99) int candidate,
      @ForAll @IntRange(max = 99) int kept,
      @ForAll @IntRange(max = 100) int base,
      @ForAll @IntRange(max = 100) int head) {
    boolean accepted =
        GATE.decide(input(4, share(base), share(candidate), share(head), share(kept))).accepted();
    boolean better =
        GATE.decide(input(4, share(base), share(candidate + 1), share(head), share(kept + 1)))
            .accepted();

    assertThat(!accepted || better).isTrue();
  }

  private static GateInput input(
      int classes, Proportion base, Proportion candidate, Proportion head, Proportion kept) {
    SortedMap<TaskId, Change> known = new TreeMap<>();
    known.put(OLD, new Change(head, kept));
    return new GateInput(NEW, classes, base, candidate, known, List.of(), COST);
  }

  private static Proportion share(int percent) {
    return new Proportion(percent, 100);
  }
}
