package dev.braid.jobs.train;

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
record Outcome<R>(@Nullable R value, @Nullable TrainingDivergedException divergence)
    implements Serializable {
  /**
   * The results of all units, in their order.
   *
   * @throws TrainingDivergedException the first unit's that diverged, when no unit is at work
   */
  static <U, R> List<R> map(Stage stage, List<U> units, Function<U, R> work) {
    List<Outcome<R>> outcome = stage.map(units, new Settling<>(work));
    Optional<TrainingDivergedException> diverged =
        outcome.stream()
            .flatMap(unit -> Optional.ofNullable(unit.divergence()).stream())
            .findFirst();
    if (diverged.isPresent()) {
      throw diverged.get();
    }
    return outcome.stream().map(unit -> Objects.requireNonNull(unit.value())).toList();
  }

  private record Settling<U, R>(Function<U, R> work) implements Function<U, Outcome<R>> {
    @Override
    public Outcome<R> call(U unit) throws Exception {
      try {
        return new Outcome<>(work.call(unit), null);
      } catch (TrainingDivergedException e) {
        return new Outcome<>(null, e);
      }
    }
  }
}
