package dev.braid.bench;

import dev.braid.store.json.JsonObject;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The speed of work relative to a baseline: 2 is twice as fast.
 *
 * @param time by wall time
 * @param cpu by CPU time
 */
public record Speed(double time, double cpu) {
  static Speed of(Cost work, Cost baseline) {
    return new Speed(
        baseline.seconds() / work.seconds(), baseline.cpuSeconds() / work.cpuSeconds());
  }

  /** The speeds over several rounds. */
  public record Ratios(Ratio time, Ratio cpu) {
    static Ratios of(List<Speed> turns) {
      return new Ratios(ratio(turns, Speed::time), ratio(turns, Speed::cpu));
    }

    private static Ratio ratio(List<Speed> turns, ToDoubleFunction<Speed> figure) {
      return Ratio.of(turns.stream().mapToDouble(figure).toArray());
    }

    /** Adds the ratios to JSON, with names that start with a prefix such as "read_". */
    JsonObject addTo(JsonObject json, String prefix) {
      return json.with(prefix + "ratio", time.median())
          .with(prefix + "interval", time.interval())
          .with(prefix + "cpu_ratio", cpu.median());
    }
  }
}
