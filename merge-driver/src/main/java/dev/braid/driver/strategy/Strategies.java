package dev.braid.driver.strategy;

import dev.braid.driver.line.PamSettings;
import dev.braid.driver.strategy.Blended.Over;
import dev.braid.merge.blend.Average;
import dev.braid.merge.blend.Interpolation;
import dev.braid.merge.blend.MagMax;
import dev.braid.merge.blend.TaskArithmetic;
import dev.braid.merge.blend.Ties;
import dev.braid.model.RescalerKind;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.vlm.train.Alignment.Reset;
import java.util.List;
import java.util.Set;

/** The registry of all strategies (METHODS 2 to 4), with their published settings. */
public final class Strategies {
  private static final PamSettings PUBLISHED_PAM =
      new PamSettings(0.5, /* every= */ 0, Reset.GLOBAL, Interpolation.HALF);

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
          new Condu(
              "condu-decoupled", TrainKind.FULL, MergeState.DECOUPLED, RescalerKind.TENSOR_MEAN),
          new Condu(
              "condu-decoupled-global", TrainKind.FULL, MergeState.DECOUPLED, RescalerKind.GLOBAL),
          new Condu(
              "condu-decoupled-per-tensor",
              TrainKind.FULL,
              MergeState.DECOUPLED,
              RescalerKind.PER_TENSOR),
          new Condu("condu-deltas", TrainKind.FULL, MergeState.DELTAS, RescalerKind.TENSOR_MEAN),
          new Condu("condu-deltas-global", TrainKind.FULL, MergeState.DELTAS, RescalerKind.GLOBAL),
          new Condu(
              "condu-deltas-per-tensor",
              TrainKind.FULL,
              MergeState.DELTAS,
              RescalerKind.PER_TENSOR),
          new Pam("pam", TrainKind.ADAPTERS, PUBLISHED_PAM),
          new Pam("pam-full", TrainKind.FULL, PUBLISHED_PAM));

  private Strategies() {}

  /** All strategies, in the order in which reports show them. */
  public static List<Strategy> all() {
    return ALL;
  }

  /** The names of the lower and the upper bound, between which the other strategies lie. */
  public static Set<String> bounds() {
    return Set.of("zero-shot", "individual");
  }

  /** The strategy of a line with this model. */
  public static LineStrategy ofLine(ModelRecord model) {
    return model.isOneForAll() ? Pam.of(model) : Condu.of(model);
  }

  /**
   * The strategy with this name.
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
