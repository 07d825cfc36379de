package dev.braid.jobs;

import dev.braid.jobs.stage.Stage;
import dev.braid.vlm.train.TrainingDivergedException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a unit of a training's stage came to: a value, or its divergence.
 *
 * <p>A task that throws ends its stage while its neighbours still write. A training that diverged
 * leaves nothing behind, so its divergence is thrown when all of them have ended.
 */
record Settled<R>(@Nullable R value, @Nullable TrainingDivergedException divergence)
    implements Serializable {
  /**
   * The results of all units, in their order.
   *
   * @throws TrainingDivergedException the first unit's that diverged, when no unit is at work
   */
  static <U, R> List<R> map(Stage stage, List<U> units, Function<U, R> work) {
    List<Settled<R>> settled = stage.map(units, new Settling<>(work));
    Optional<TrainingDivergedException> diverged =
        settled.stream()
            .flatMap(unit -> Optional.ofNullable(unit.divergence()).stream())
            .findFirst();
    if (diverged.isPresent()) {
      throw diverged.get();
    }
    return settled.stream().map(unit -> Objects.requireNonNull(unit.value())).toList();
  }

  private record Settling<U, R>(Function<U, R> work) implements Function<U, Settled<R>> {
    @Override
    public Settled<R> call(U unit) throws Exception {
      try {
        return new Settled<>(work.call(unit), null);
      } catch (TrainingDivergedException e) {
        return new Settled<>(null, e);
      }
    }
  }
}
