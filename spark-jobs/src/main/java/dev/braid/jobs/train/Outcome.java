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
 * The outcome of one unit of a training stage: a value, or why there is none.
 *
 * <p>A task that throws ends its stage while other tasks still write. A diverged training must
 * leave nothing behind, so its divergence is thrown only after all tasks have ended. A training
 * that does not fit an executor would not fit at Spark's next try either.
 */
record Outcome<R>(@Nullable R value, @Nullable RuntimeException failure) implements Serializable {
  /**
   * Runs all units and returns their results in order.
   *
   * @throws TrainingDivergedException of the first unit that diverged, after all units have ended
   * @throws TrainingMemoryException of the first unit that does not fit an executor, likewise
   */
  static <U, R> List<R> map(Stage stage, List<U> units, Function<U, R> work) {
    List<Outcome<R>> outcomes = stage.map(units, new Catching<>(work));
    Optional<RuntimeException> failed =
        outcomes.stream().flatMap(unit -> Optional.ofNullable(unit.failure()).stream()).findFirst();
    if (failed.isPresent()) {
      throw failed.get();
    }
    return outcomes.stream().map(unit -> Objects.requireNonNull(unit.value())).toList();
  }

  private record Catching<U, R>(Function<U, R> work) implements Function<U, Outcome<R>> {
    @Override
    public Outcome<R> call(U unit) throws Exception {
      try {
        return new Outcome<>(work.call(unit), null);
      } catch (TrainingDivergedException | TrainingMemoryException e) {
        return new Outcome<>(null, e);
      }
    }
  }
}
