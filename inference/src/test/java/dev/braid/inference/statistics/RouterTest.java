package dev.braid.inference.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.braid.model.TaskId;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RouterTest {
  @Test
  void route_leavesOutImprobableTasks() {
    Route route = new Router(Threshold.NONE, 4).route(posterior(0.009, 0.591, 0.4));
    assertThat(route.choices().stream().map(Route.Choice::task)).containsExactly(task(1), task(2));
    assertThat(route.choices().get(0).weight()).isCloseTo(0.591 / 0.991, within(1e-12));
    assertThat(route.choices().get(1).weight()).isCloseTo(0.4 / 0.991, within(1e-12));
  }

  @Test
  void route_takesAtMostTheNumberOfExperts() {
    Route route = new Router(Threshold.NONE, 1).route(posterior(0.3, 0.3, 0.4));
    assertThat(route).isEqualTo(Route.to(task(2)));
  }

  @Test
  void route_atEqualProbability_takesTheFirstName() {
    Route route = new Router(Threshold.NONE, 1).route(posterior(0.25, 0.25, 0.25, 0.25));
    assertThat(route).isEqualTo(Route.to(task(0)));
  }

  @Test
  void route_whereAllTasksAreImprobable_takesTheBest() {
    double[] equal = DoubleStream.generate(() -> 1.0 / 200).limit(200).toArray();
    assertThat(new Router(Threshold.NONE, 4).route(posterior(equal))).isEqualTo(Route.to(task(0)));
  }

  @Test
  void route_aboveTheThreshold_isToTheBase() {
    Posterior far = new Posterior(List.of(task(0)), new double[][] {{0}}, 3);
    assertThat(new Router(new Threshold(2.9), 4).route(far).toBase()).isTrue();
    assertThat(new Router(new Threshold(3), 4).route(far)).isEqualTo(Route.to(task(0)));
  }

  @Property
  void route_ofAnyPosterior_hasWeightsThatAddUpToOne(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = 0.01, max = 1) Double> weights,
      @ForAll @IntRange(min = 1, max = 5) int experts) {
    Route route = new Router(Threshold.NONE, experts).route(posterior(shares(weights)));
    assertThat(route.choices()).hasSizeBetween(1, experts);
    assertThat(route.choices().stream().mapToDouble(Route.Choice::weight).sum())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void noExperts_areRefused() {
    assertThatThrownBy(() -> new Router(Threshold.NONE, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid number of experts: 0 (at least 1)");
  }

  private static double[] shares(List<Double> weights) {
    double sum = weights.stream().mapToDouble(weight -> weight).sum();
    return weights.stream().mapToDouble(weight -> weight / sum).toArray();
  }

  @Test
  void ranked_withEqualProbabilities_hasTheFirstNameFirst() {
    assertThat(posterior(0.25, 0.5, 0.25).ranked())
        .extracting(TaskProbability::task)
        .containsExactly(task(1), task(0), task(2));
  }

  private static Posterior posterior(double... probabilities) {
    return new Posterior(
        IntStream.range(0, probabilities.length).mapToObj(RouterTest::task).toList(),
        DoubleStream.of(probabilities)
            .mapToObj(each -> new double[] {StrictMath.log(each)})
            .toArray(double[][]::new),
        0);
  }

  private static TaskId task(int index) {
    return new TaskId("task-%03d".formatted(index));
  }
}
