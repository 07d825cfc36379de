package dev.braid.bench.stream;

import dev.braid.driver.strategy.Strategy;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.rule.RoutingSettings;
import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The plan of a comparison: every strategy learns the stream in every order, with every seed, and
 * is evaluated under every protocol.
 *
 * @param sample test pictures per task, spread evenly over the split
 * @param rules by which strategies with experts answer; each is measured
 */
public record StreamPlan(
    String title,
    List<Order> orders,
    List<Long> seeds,
    List<Strategy> strategies,
    List<Protocol> protocols,
    long sample,
    List<RoutingSettings> rules) {
  /** An order of the tasks. */
  public record Order(String name, List<TaskId> tasks) {
    public Order {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * A plan for these tasks.
   *
   * @throws IllegalArgumentException if it omits a task, names an unknown one, or there is nothing
   *     to compare
   */
  public StreamPlan {
    orders = List.copyOf(orders);
    seeds = List.copyOf(seeds);
    strategies = List.copyOf(strategies);
    protocols = List.copyOf(protocols);
    rules = List.copyOf(rules);
    checkSome("orders", orders);
    checkSome("seeds", seeds);
    checkSome("strategies", strategies);
    checkSome("protocols", protocols);
    checkSome("routing rules", rules);
    Check.argument(sample > 0, "Invalid sample of a stream: %s pictures (at least 1)", sample);
    for (Order order : orders) {
      check(order, orders.get(0));
    }
  }

  private static void checkSome(String name, List<?> values) {
    Check.argument(!values.isEmpty(), "Invalid stream: no %s (at least one)", name);
    Check.argument(
        new HashSet<>(values).size() == values.size(),
        "Invalid stream: one of its %s is there twice",
        name);
  }

  private static void check(Order order, Order first) {
    Check.argument(
        order.tasks().size() >= 2,
        "Invalid order %s: %s (a stream has at least two tasks, or nothing could be forgotten)",
        order.name(),
        order.tasks());
    Set<TaskId> own = new HashSet<>(order.tasks());
    Check.argument(
        own.size() == order.tasks().size(),
        "Invalid order %s: it names a task twice",
        order.name());
    Check.argument(
        own.equals(new HashSet<>(first.tasks())),
        "Invalid order %s: %s (all orders are of the same tasks: %s)",
        order.name(),
        order.tasks(),
        first.tasks());
  }
}
