package dev.braid.bench.stream;

import dev.braid.driver.strategy.Strategy;
import dev.braid.inference.EnsembleWeights;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is measured of a stream: every strategy in every order, with every seed, under every
 * protocol.
 *
 * @param sample test pictures of a task, spread evenly over its split
 * @param rules how pictures of an unknown task may be routed; of several, that which is best on
 *     validation pictures is taken
 */
public record StreamPlan(
    String title,
    List<Order> orders,
    List<Long> seeds,
    List<Strategy> strategies,
    List<Protocol> protocols,
    long sample,
    List<Rule> rules) {
  /** The tasks in the order in which they come. */
  public record Order(String name, List<TaskId> tasks) {
    public Order {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * How a picture of an unknown task is answered.
   *
   * @param experts asked beside the base
   */
  public record Rule(int experts, EnsembleWeights ensembleWeights) {
    public Rule {
      Check.argument(experts > 0, "Invalid routing rule: %s experts (at least 1)", experts);
    }

    /** The rule for people. */
    public String label() {
      return experts + " by " + ensembleWeights.label();
    }
  }

  /**
   * A plan for these tasks.
   *
   * @throws IllegalArgumentException if it leaves one out, or names another, or nothing is to be
   *     compared
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
