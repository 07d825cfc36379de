package dev.braid.driver.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.TaskId;
import dev.braid.model.figures.EvaluationCost;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateInput.Change;
import dev.braid.model.figures.GateInput.Union;
import dev.braid.model.figures.GateInput.UnionChange;
import dev.braid.model.figures.GateResult;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.figures.PairedCounts;
import dev.braid.model.figures.Proportion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final MergeHealth.Limits HEALTHY = MergeHealth.Limits.NONE;
  private static final Gate GATE = new Gate(new Gate.Rule(0.02, 0.05, 0.02, HEALTHY));
  private static final PairedCounts GOOD = new PairedCounts(20, 0, 70, 100);

  @Test
  void decide_ofAGoodTask_accepts() {
    assertThat(reasons(GOOD, new PairedCounts(440, 10, 15, 500))).isEmpty();
  }

  @Test
  void decide_ofAFallOfExactlyTheLimit_accepts() {
    assertThat(reasons(GOOD, new PairedCounts(440, 10, 0, 500))).isEmpty();
  }

  @Test
  void decide_ofAFallBeyondTheLimitAndChance_namesTheTaskAndAllFigures() {
    assertThat(reasons(GOOD, new PairedCounts(440, 20, 5, 500)))
        .containsExactly(
            "old would fall by 3.0 points (at most 2.0): 89.0 % (445 of 500), at the head 92.0 %"
                + " (460 of 500); 20 pictures lost, 5 gained");
  }

  /** "signs would fall by 2.1 points: 43 against 44 of 48": one picture is chance. */
  @Test
  void decide_ofOnePictureOf48_accepts() {
    assertThat(reasons(GOOD, new PairedCounts(43, 1, 0, 48))).isEmpty();
  }

  @Test
  void decide_ofTwelvePointsOf48WithoutAGainedPicture_refuses() {
    assertThat(reasons(GOOD, new PairedCounts(38, 6, 0, 48))).hasSize(2);
  }

  /** Four of six cannot be beyond chance in McNemar's test, but the interval of the fall is. */
  @Test
  void decide_ofFourOfSixPicturesLost_refuses() {
    assertThat(reasons(GOOD, new PairedCounts(2, 4, 0, 6)))
        .anyMatch(reason -> reason.startsWith("old would fall by 66.7 points"));
  }

  @Test
  void decide_ofOnePictureLessThanTheBase_accepts() {
    assertThat(reasons(new PairedCounts(498, 1, 0, 500), new PairedCounts(440, 0, 0, 500)))
        .isEmpty();
  }

  @Test
  void decide_ofATaskWorseThanTheBase_refuses() {
    assertThat(reasons(new PairedCounts(50, 10, 1, 100), new PairedCounts(440, 0, 0, 500)))
        .containsExactly(
            "new is worse than the base: 51.0 % (51 of 100), base 60.0 % (60 of 100); 10 pictures"
                + " lost, 1 gained");
  }

  @Test
  void decide_ofATaskWithinTheIntervalOfChance_refuses() {
    // 14 of 100 is above 1 in 10, but its 95 % interval (from 8.5 %) still contains chance.
    assertThat(reasons(new PairedCounts(5, 0, 9, 100), new PairedCounts(440, 0, 0, 500)))
        .singleElement()
        .asString()
        .startsWith("new is not above chance: 14.0 % (14 of 100), 95 % interval from 8.5 %");
  }

  /** No result of a handful of pictures but a perfect one excludes chance. */
  @Test
  void decide_ofASmallSampleAboveChance_accepts() {
    assertThat(GATE.decide(input(2, new PairedCounts(3, 0, 1, 6), changes())).accepted()).isTrue();
    assertThat(GATE.decide(input(2, new PairedCounts(3, 0, 0, 6), changes())).reasons())
        .containsExactly("new is not above chance: 50.0 % (3 of 6), chance 50.0 %");
  }

  @Test
  void decide_withAnAlarm_refusesAndKeepsItsSentence() {
    GateInput input =
        new GateInput(NEW, 10, GOOD, changes(), Optional.empty(), List.of("old was lost"), COST);

    assertThat(GATE.decide(input).reasons()).containsExactly("old was lost");
  }

  @Test
  void decide_ofTheLastNightOfASlowDecline_names_theFigureWhenLearned() {
    Change change =
        new Change(Optional.of(new Proportion(475, 500)), new PairedCounts(446, 6, 0, 500));

    assertThat(GATE.decide(input(10, GOOD, changes(change))).reasons())
        .containsExactly(
            "old would fall by 5.8 points since it was learned (at most 5.0): 89.2 % (446 of 500),"
                + " when learned 95.0 % (475 of 500)");
  }

  /** A forced version may be far below the limit; nothing that does not go further down stops. */
  @Test
  void decide_belowTheTotalLimitAlready_acceptsWhatTakesItNoFurtherDown() {
    Optional<Proportion> learned = Optional.of(new Proportion(475, 500));

    assertThat(decide(learned, new PairedCounts(435, 5, 10, 500)).accepted()).isTrue();
    assertThat(decide(learned, new PairedCounts(435, 5, 5, 500)).accepted()).isTrue();
    assertThat(decide(learned, new PairedCounts(435, 5, 4, 500)).accepted()).isFalse();
  }

  @Test
  void decide_afterASampleOfAnotherSize_comparesIndependentSamples() {
    Optional<Proportion> learned = Optional.of(new Proportion(95, 100));

    // 89 % of 500 is within chance of 95 % of 100; 85 % is not.
    assertThat(decide(learned, new PairedCounts(445, 1, 0, 500)).accepted()).isTrue();
    assertThat(decide(learned, new PairedCounts(425, 1, 0, 500)).reasons())
        .containsExactly(
            "old would fall by 10.0 points since it was learned (at most 5.0): 85.0 % (425 of 500),"
                + " when learned 95.0 % (95 of 100)");
  }

  private static GateResult decide(Optional<Proportion> learned, PairedCounts night) {
    return GATE.decide(input(10, GOOD, changes(new Change(learned, night))));
  }

  @Test
  void rule_withATotalBelowTheLimitOfANight_isRefused() {
    assertThatThrownBy(() -> new Gate.Rule(0.15, 0.05, 0.02, HEALTHY))
        .hasMessage(
            "Invalid max-total-drop: 5.0 points (at least max-drop, 15.0, and at most 100: raise it"
                + " with max-drop)");
  }

  @Test
  void decide_ofATaskThatTakesPicturesOfAnother_saysHowMany() {
    assertThat(whereNobodyNamesTheTask(new PairedCounts(440, 20, 5, 500), 18))
        .containsExactly(
            "old would fall by 3.0 points where nobody names the task (at most 2.0): 89.0 % (445 of"
                + " 500), at the head 92.0 % (460 of 500); 20 pictures lost, 5 gained; 18 are taken"
                + " for new");
  }

  @Test
  void decide_ofATaskThatTakesAsFewAsTheLimitOrChanceAllows_accepts() {
    assertThat(whereNobodyNamesTheTask(new PairedCounts(440, 10, 0, 500), 10)).isEmpty();
    assertThat(whereNobodyNamesTheTask(new PairedCounts(43, 1, 0, 48), 1)).isEmpty();
  }

  /** The reasons if the expert of the known task is as good as before. */
  private static List<String> whereNobodyNamesTheTask(PairedCounts night, long taken) {
    Union union =
        new Union(
            new Proportion(80, 100), new TreeMap<>(Map.of(OLD, new UnionChange(night, taken))));
    PairedCounts same = new PairedCounts(460, 0, 0, 500);
    SortedMap<TaskId, Change> known = changes(new Change(Optional.of(same.before()), same));
    return GATE.decide(new GateInput(NEW, 10, GOOD, known, Optional.of(union), List.of(), COST))
        .reasons();
  }

  @Test
  void rule_withAnInvalidUnionDrop_isRefused() {
    assertThatThrownBy(() -> new Gate.Rule(0.02, 0.05, 1.5, HEALTHY))
        .hasMessage("Invalid max-union-drop: 150.0 points (0 to 100)");
  }

  @Property
  void decide_ofBetterFigures_neverTurnsAgainstTheCandidate(
      @ForAll @IntRange(max = 30) int kept,
      @ForAll @IntRange(min = 1, max = 30) int lost,
      @ForAll @IntRange(max = 30) int gained,
      @ForAll @IntRange(min = 1, max = 400) int wrong) {
    int total = kept + lost + gained + wrong;
    boolean accepted = accepts(new PairedCounts(kept, lost, gained, total));

    assertThat(!accepted || accepts(new PairedCounts(kept + 1, lost - 1, gained, total))).isTrue();
    assertThat(!accepted || accepts(new PairedCounts(kept, lost, gained + 1, total))).isTrue();
  }

  private static boolean accepts(PairedCounts night) {
    return reasons(GOOD, night).isEmpty();
  }

  private static List<String> reasons(PairedCounts added, PairedCounts night) {
    return GATE.decide(input(10, added, changes(new Change(Optional.of(night.before()), night))))
        .reasons();
  }

  private static SortedMap<TaskId, Change> changes(Change... ofOld) {
    SortedMap<TaskId, Change> changes = new TreeMap<>();
    for (Change change : ofOld) {
      changes.put(OLD, change);
    }
    return changes;
  }

  private static GateInput input(
      int classes, PairedCounts added, SortedMap<TaskId, Change> changes) {
    return new GateInput(NEW, classes, added, changes, Optional.empty(), List.of(), COST);
  }
}
