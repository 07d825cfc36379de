package dev.braid.bench.evaluate;

import dev.braid.store.json.JsonObject;
import java.util.List;

/**
 * The cost of evaluating lines of several lengths.
 *
 * @param experts that answer a picture, in addition to the base
 */
public record EvaluateGrowth(int experts, List<Row> rows) {
  private static final double MILLI = 1000;

  public EvaluateGrowth {
    rows = List.copyOf(rows);
  }

  /**
   * A line of as many versions as tasks, each evaluated on all tasks.
   *
   * @param seconds of all evaluations
   * @param driverSeconds CPU time of the driver's thread in them
   * @param correct pictures that were classified correctly, in all cells together
   */
  public record Row(
      String protocol, int tasks, double seconds, double driverSeconds, long correct) {
    /** The number of evaluations: every version on every set. */
    public long cells() {
      return (long) tasks * tasks;
    }

    /** Milliseconds per evaluation. */
    public double perCell() {
      return MILLI * seconds / cells();
    }

    /** Milliseconds of the driver's CPU time per evaluation. */
    public double driverPerCell() {
      return MILLI * driverSeconds / cells();
    }

    String line() {
      return "%s, %d tasks x %d versions: %.1f s, %.2f ms per cell, of which %.2f ms in the driver; %d pictures correct"
          .formatted(protocol, tasks, tasks, seconds, perCell(), driverPerCell(), correct);
    }

    private JsonObject toJson() {
      return new JsonObject()
          .with("protocol", protocol)
          .with("tasks", tasks)
          .with("cells", cells())
          .with("seconds", seconds)
          .with("driver_seconds", driverSeconds)
          .with("correct", correct);
    }
  }

  /** The growth as JSON. */
  public JsonObject toJson() {
    return new JsonObject().with("experts", experts).with("lines", rows, Row::toJson);
  }
}
