package dev.braid.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.braid.model.TaskId;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StreamReportTest {
  private static final String KNOWN = "known-task";

  @Test
  void spread_overRuns_isTheirMeanAndSampleDeviation() {
    StreamReport report = report(result("a", 1, .6), result("a", 2, .7), result("a", 3, .8));

    Spread spread = report.spread("a", KNOWN, Metric.LAST).orElseThrow();

    assertThat(spread.mean()).isCloseTo(.7, within(1e-12));
    assertThat(spread.deviation().orElseThrow()).isCloseTo(.1, within(1e-12));
    assertThat(spread.runs()).isEqualTo(3);
  }

  @Test
  void spread_ofOneRun_hasNoDeviation() {
    Spread spread = report(result("a", 1, .6)).spread("a", KNOWN, Metric.LAST).orElseThrow();

    assertThat(spread).isEqualTo(new Spread(.6, OptionalDouble.empty(), 1));
  }

  @Test
  void spread_withARunThatLacksTheFigure_isMissing() {
    StreamReport report = report(result("a", 1, .6), result("a", 2, Matrix.MISSING));

    Spread spread = report.spread("a", KNOWN, Metric.LAST).orElseThrow();

    assertThat(spread.isMissing()).isTrue();
    assertThat(spread.deviation()).isEmpty();
    assertThat(report.meanCourse("a", KNOWN)).containsExactly(.1, Double.NaN);
  }

  @Test
  void spread_ofWhatWasNotMeasured_isEmpty() {
    assertThat(report(result("a", 1, .6)).spread("a", "own-labels", Metric.LAST)).isEmpty();
  }

  @Test
  void isBest_ofTheColumn_leavesOutReferences() {
    StreamReport report =
        report(result("bound", 1, .9), result("a", 1, .8), result("b", 1, .7))
            .withReferences(Set.of("bound"));

    assertThat(
            report.strategies().stream()
                .filter(strategy -> report.isBest(strategy, KNOWN, Metric.LAST)))
        .containsExactly("a");
    assertThat(report(result("a", 1, .8)).isBest("a", KNOWN, Metric.LAST))
        .as("without a rival")
        .isFalse();
  }

  @Test
  void isBest_ofForgetting_isTheLeast() {
    assertThat(Metric.FORGETTING.isBetter(.1, .2)).isTrue();
    assertThat(Metric.BACKWARD_TRANSFER.isBetter(-.1, -.2)).isTrue();
  }

  @Test
  void ofTwoResultsUnderTheSameConditions_isRefused() {
    assertThatThrownBy(() -> report(result("a", 1, .6), result("a", 1, .7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a under Conditions[protocol=known-task");
  }

  @Test
  void routing_byTasksAndOverall_isShares() {
    RoutingTable table =
        new RoutingTable(
            List.of(new TaskId("a"), new TaskId("b"), new TaskId("c")),
            List.of(List.of(6L, 2L, 0L), List.of(1L, 1L, 0L), List.of(0L, 0L, 0L)));

    assertThat(table.share(0, 1)).isEqualTo(.25);
    assertThat(table.right()).isEqualTo(.7);
    assertThat(table.share(2, 2)).as("a task without pictures").isNaN();
  }

  @Test
  void result_withFiguresOfAnotherTask_isRefused() {
    List<TaskFigures> figures = List.of(TaskFigures.of(new TaskId("other"), 2, 1, 1));

    assertThatThrownBy(() -> result("a", 1, .6).withTasks(figures))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid result: figures of other, which is not a task of the matrix ([a-task])");
  }

  private static StreamReport report(Result... results) {
    return new StreamReport("title", Stream.of(results).toList(), new TreeMap<>());
  }

  private static Result result(String strategy, long seed, double last) {
    return Result.of(
        new Contender(strategy, "source", new TreeMap<>()),
        new Conditions(KNOWN, "any", seed),
        new Matrix(List.of(new TaskId("a-task")), List.of(List.of(.1), List.of(last))));
  }
}
