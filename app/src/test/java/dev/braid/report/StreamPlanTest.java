package dev.braid.report;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.bench.stream.StreamPlan;
import dev.braid.bench.stream.StreamPlan.Order;
import dev.braid.driver.strategy.Strategies;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.rule.RoutingSettings;
import dev.braid.model.TaskId;
import dev.braid.model.record.AnswerRule;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the plans and strategies that are refused. */
class StreamPlanTest {
  @Test
  void plan_ofOneTask_isRefused() {
    assertThatThrownBy(() -> plan(order("one", "a")))
        .hasMessage(
            "Invalid order one: [a] (a stream has at least two tasks, or nothing could be"
                + " forgotten)");
  }

  @Test
  void plan_whoseOrderNamesATaskTwice_isRefused() {
    assertThatThrownBy(() -> plan(order("twice", "a", "b", "a")))
        .hasMessage("Invalid order twice: it names a task twice");
  }

  @Test
  void plan_whoseOrdersAreOfOtherTasks_isRefused() {
    assertThatThrownBy(() -> plan(order("first", "a", "b"), order("second", "b", "c")))
        .hasMessage("Invalid order second: [b, c] (all orders are of the same tasks: [a, b])");
  }

  @Test
  void plan_withoutSeeds_isRefused() {
    assertThatThrownBy(
            () ->
                new StreamPlan(
                    "t",
                    List.of(order("first", "a", "b")),
                    List.of(),
                    Strategies.all(),
                    List.of(Protocol.KNOWN_TASK),
                    1,
                    List.of(new RoutingSettings.Statistics(AnswerRule.FUSED, 4, 500))))
        .hasMessage("Invalid stream: no seeds (at least one)");
  }

  private static StreamPlan plan(Order... orders) {
    return new StreamPlan(
        "t",
        List.of(orders),
        List.of(1L),
        Strategies.all(),
        List.of(Protocol.KNOWN_TASK),
        1,
        List.of(new RoutingSettings.Statistics(AnswerRule.FUSED, 4, 500)));
  }

  private static Order order(String name, String... tasks) {
    return new Order(name, Arrays.stream(tasks).map(TaskId::new).toList());
  }
}
