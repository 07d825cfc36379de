package dev.braid.bench.stream;

import dev.braid.bench.stream.Blended.Over;
import dev.braid.merge.blend.Average;
import dev.braid.merge.blend.Interpolation;
import dev.braid.merge.blend.MagMax;
import dev.braid.merge.blend.TaskArithmetic;
import dev.braid.merge.blend.Ties;
import dev.braid.model.Rescaler;
import dev.braid.model.record.MergeState;
import dev.braid.vlm.train.Alignment.Reset;
import java.util.List;
import java.util.Set;

/** Every strategy that a stream can be learned with (METHODS 2 to 4), as it is published. */
public final class Strategies {
  private static final List<Strategy> ALL =
      List.of(
          new ZeroShot(),
          new Individual(),
          new Sequential("sequential", TrainKind.FULL),
          new Sequential("sequential-lora", TrainKind.ADAPTERS),
          new Blended(
              "wise-ft",
              "arXiv 2109.01903",
              new Interpolation(Interpolation.HALF),
              Over.LAST_SEQUENTIAL),
          new Blended("average", "arXiv 2203.05482", new Average(), Over.EXPERTS),
          new Blended(
              "task-arithmetic",
              "arXiv 2212.04089",
              new TaskArithmetic(TaskArithmetic.SCALE),
              Over.EXPERTS),
          new Blended("ties", "arXiv 2306.01708", new Ties(Ties.KEPT, 1), Over.EXPERTS),
          new Blended("magmax", "arXiv 2407.06322", new MagMax(MagMax.SCALE), Over.SEQUENTIAL),
          new Blended("magmax-experts", "arXiv 2407.06322", new MagMax(MagMax.SCALE), Over.EXPERTS),
          new Condu("condu-decoupled", MergeState.DECOUPLED, Rescaler.TENSOR_MEAN),
          new Condu("condu-decoupled-global", MergeState.DECOUPLED, Rescaler.GLOBAL),
          new Condu("condu-decoupled-per-tensor", MergeState.DECOUPLED, Rescaler.PER_TENSOR),
          new Condu("condu-deltas", MergeState.DELTAS, Rescaler.TENSOR_MEAN),
          new Condu("condu-deltas-global", MergeState.DELTAS, Rescaler.GLOBAL),
          new Condu("condu-deltas-per-tensor", MergeState.DELTAS, Rescaler.PER_TENSOR),
          new Pam("pam", TrainKind.ADAPTERS, 0.5, Reset.GLOBAL, Interpolation.HALF),
          new Pam("pam-full", TrainKind.FULL, 0.5, Reset.GLOBAL, Interpolation.HALF));

  private Strategies() {}

  /** All of them, in the order in which reports show them. */
  public static List<Strategy> all() {
    return ALL;
  }

  /** The names of those that are no rivals, but what the others lie between. */
  public static Set<String> bounds() {
    return Set.of("zero-shot", "individual");
  }

  /**
   * The strategy of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Strategy of(String name) {
    return ALL.stream()
        .filter(strategy -> strategy.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid strategy: %s (%s)"
                        .formatted(
                            name, String.join(", ", ALL.stream().map(Strategy::name).toList()))));
  }
}
