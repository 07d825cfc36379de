package dev.braid.driver.merging;

import dev.braid.model.TaskId;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/**
 * The distance between a task's decoupled delta and its archived delta.
 *
 * @param whole over all coordinates
 * @param groups the distances per group of tensors, in their order
 */
public record Reconstruction(TaskId task, Distance whole, List<OfGroup> groups)
    implements Serializable {
  /** The distance in one group of tensors. */
  public record OfGroup(String name, Distance distance) implements Serializable {}

  /**
   * Sums over coordinates: of the squares of the archived delta, of the decoupled one and of their
   * difference, and of their product.
   */
  public record Distance(double archived, double decoupled, double difference, double product)
      implements Serializable {
    static final Distance NONE = new Distance(0, 0, 0, 0);

    Distance plus(float archivedValue, float decoupledValue) {
      double a = archivedValue;
      double d = decoupledValue;
      return new Distance(
          archived + a * a, decoupled + d * d, difference + (a - d) * (a - d), product + a * d);
    }

    Distance plus(Distance other) {
      return new Distance(
          archived + other.archived,
          decoupled + other.decoupled,
          difference + other.difference,
          product + other.product);
    }

    /** The norm of the difference divided by the norm of the archived delta; 0 if both are 0. */
    public double relative() {
      return difference == 0 ? 0 : Math.sqrt(difference / archived);
    }

    /** The cosine of the angle between both; 1 if both are 0, 0 if only one is. */
    public double cosine() {
      if (archived == 0 || decoupled == 0) {
        return archived == decoupled ? 1 : 0;
      }
      return product / Math.sqrt(archived) / Math.sqrt(decoupled);
    }
  }

  public Reconstruction {
    groups = List.copyOf(groups);
  }

  /** The group with the largest relative distance. */
  public OfGroup worst() {
    return groups.stream()
        .max(Comparator.comparingDouble(group -> group.distance().relative()))
        .orElseThrow();
  }
}
