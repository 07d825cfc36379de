package dev.braid.inference.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.braid.model.TaskId;
import dev.braid.model.record.TaskStatistics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LinearDiscriminantTest {
  private static final TaskId A = new TaskId("a");
  private static final TaskId B = new TaskId("b");

  /*
   * By NumPy 2.4, in float64, with t the list of a task's classes, n of them with pictures:
   *   W = mean over t of sum((c - c.mean(0)).T @ (c - c.mean(0)) for c in t) / sum(map(len, t))
   *   m = mean over t of concatenate(t).mean(0)
   *   T = mean over t of (concatenate(t) - m).T @ (concatenate(t) - m) / sum(map(len, t))
   *   S, S0 = W + .01 * trace(W) / 3 * eye(3), T + .01 * trace(T) / 3 * eye(3)
   *   a = mu @ inv(S) @ f - .5 * mu @ inv(S) @ mu - log(n);  p = exp(a) / exp(a).sum()
   *   r = min((f - mu) @ inv(S) @ (f - mu)) - (f - m) @ inv(S0) @ (f - m)
   */
  private static final Pictures OF_A =
      pictures(
          List.of(new double[] {1, 0, 0}, new double[] {0.8, 0.6, 0}),
          List.of(new double[] {0, 1, 0}, new double[] {0, 0.6, 0.8}));
  private static final Pictures OF_B =
      pictures(
          List.of(new double[] {0, 0, 1}, new double[] {0.6, 0, 0.8}, new double[] {0, 0.8, 0.6}),
          List.of());
  private static final Map<TaskId, Pictures> EXAMPLE = Map.of(A, OF_A, B, OF_B);

  @Test
  void posterior_ofTheExample_hasTheNumbersOfNumPy() {
    Posterior posterior =
        LinearDiscriminant.of(Pictures.statistics(EXAMPLE))
            .posterior(new float[] {0.5f, 0.25f, 0.75f});
    assertThat(posterior.scores(A)[0]).isCloseTo(21.96133421676152, within(1e-9));
    assertThat(posterior.scores(A)[1]).isCloseTo(25.76936575965142, within(1e-9));
    assertThat(posterior.scores(B)[0]).isCloseTo(29.297512817634576, within(1e-9));
    assertThat(posterior.scores(B)[1]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(posterior.probability(A)).isCloseTo(0.029136395465706864, within(1e-9));
    assertThat(posterior.probability(B)).isCloseTo(0.9708636045342932, within(1e-9));
    assertThat(posterior.classes(A)[0]).isCloseTo(0.021710034466525717, within(1e-9));
    assertThat(posterior.classes(A)[1]).isCloseTo(0.9782899655334742, within(1e-9));
    assertThat(posterior.classes(B)).containsExactly(1, 0);
    assertThat(posterior.relativeDistance()).isCloseTo(0.8328238792743865, within(1e-9));
  }

  private static PlainDiscriminant plain(int dimension, Collection<Pictures> tasks) {
    return new PlainDiscriminant(dimension, tasks.stream().map(Pictures::classes).toList());
  }

  @Test
  void scatter_ofTheExample_hasTheNumbersOfNumPy() {
    List<TaskStatistics> tasks = List.of(OF_A.statistics(), OF_B.statistics());
    double[] mean = Scatter.mean(tasks);
    close(mean, 0.325, 0.4083333333333333, 0.5);
    close(
        upper(Scatter.within(tasks)),
        0.0425,
        -0.03416666666666667,
        0,
        0.10361111111111113,
        -0.04666666666666667,
        0.05333333333333334);
    close(
        upper(Scatter.total(tasks, mean)),
        0.159375,
        -0.07270833333333333,
        -0.0825,
        0.15493055555555557,
        -0.06416666666666666,
        0.16333333333333336);
  }

  @Property(tries = 300)
  void posterior_ofDrawnTasks_agreesWithThePlainLoops(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int tasks,
      @ForAll @IntRange(min = 2, max = 24) int dimension) {
    Map<TaskId, Pictures> drawn = Pictures.drawnTasks(seed, tasks, dimension);
    PlainDiscriminant plain = plain(dimension, drawn.values());
    LinearDiscriminant discriminant = LinearDiscriminant.of(Pictures.statistics(drawn));
    float[] feature = Pictures.feature(new Random(seed), dimension);
    double[] wide = Pictures.wide(feature);

    Posterior posterior = discriminant.posterior(feature);

    assertThat(discriminant.tasks()).containsExactlyElementsOf(drawn.keySet());
    for (int t = 0; t < tasks; t++) {
      TaskId task = discriminant.tasks().get(t);
      close(posterior.scores(task), plain.scores(t, wide));
      close(posterior.classes(task), plain.classes(t, wide));
      close(new double[] {posterior.probability(task)}, plain.tasks(wide)[t]);
    }
    close(new double[] {posterior.relativeDistance()}, plain.relativeDistance(wide));
  }

  @Property(tries = 200)
  void scatter_ofDrawnTasks_agreesWithThePlainLoops(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int tasks,
      @ForAll @IntRange(min = 2, max = 24) int dimension) {
    Map<TaskId, Pictures> drawn = Pictures.drawnTasks(seed, tasks, dimension);
    PlainDiscriminant plain = plain(dimension, drawn.values());
    List<TaskStatistics> statistics = List.copyOf(Pictures.statistics(drawn).values());

    double[] mean = Scatter.mean(statistics);

    close(mean, plain.mean);
    close(upper(Scatter.within(statistics)), upper(plain.within));
    close(upper(Scatter.total(statistics, mean)), upper(plain.total));
  }

  @Property(tries = 100)
  void posterior_withTasksInAnyOrder_hasTheSameBits(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 6) int tasks) {
    Map<TaskId, TaskStatistics> statistics =
        Pictures.statistics(Pictures.drawnTasks(seed, tasks, 7));
    List<TaskId> order = new ArrayList<>(statistics.keySet());
    Collections.shuffle(order, new Random(seed));
    Map<TaskId, TaskStatistics> shuffled = new LinkedHashMap<>();
    order.forEach(task -> shuffled.put(task, statistics.get(task)));
    float[] feature = Pictures.feature(new Random(seed), 7);

    Posterior one = LinearDiscriminant.of(statistics).posterior(feature);
    Posterior other = LinearDiscriminant.of(shuffled).posterior(feature);

    assertThat(other.relativeDistance()).isEqualTo(one.relativeDistance());
    for (TaskId task : order) {
      assertThat(other.scores(task)).isEqualTo(one.scores(task));
      assertThat(other.classes(task)).isEqualTo(one.classes(task));
      assertThat(other.probability(task)).isEqualTo(one.probability(task));
    }
  }

  @Test
  void copyByJavaSerialization_hasTheSameBits() throws IOException, ClassNotFoundException {
    LinearDiscriminant discriminant = LinearDiscriminant.of(Pictures.statistics(EXAMPLE));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(discriminant);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Posterior copied = ((LinearDiscriminant) in.readObject()).posterior(new float[] {0, 1, 0});
      Posterior posterior = discriminant.posterior(new float[] {0, 1, 0});
      assertThat(copied.scores(A)).isEqualTo(posterior.scores(A));
      assertThat(copied.relativeDistance()).isEqualTo(posterior.relativeDistance());
    }
  }

  @Property(tries = 200)
  void probabilities_ofDrawnTasks_addUpToOne(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int tasks) {
    Map<TaskId, Pictures> drawn = Pictures.drawnTasks(seed, tasks, 5);
    Posterior posterior =
        LinearDiscriminant.of(Pictures.statistics(drawn))
            .posterior(Pictures.feature(new Random(seed), 5));
    assertThat(posterior.tasks().stream().mapToDouble(posterior::probability).sum())
        .isCloseTo(1, within(1e-12));
    for (TaskId task : posterior.tasks()) {
      assertThat(DoubleStream.of(posterior.classes(task)).sum()).isCloseTo(1, within(1e-12));
      close(
          DoubleStream.of(posterior.logClasses(task)).map(Math::exp).toArray(),
          posterior.classes(task));
    }
  }

  @Test
  void prior_isThatOfTheTask_notOfItsClasses() {
    double[] f = {1, 0};
    double[] g = {0, 1};
    Pictures one = pictures(List.of(f, g));
    Pictures two = pictures(List.of(f, g), List.of(f, g));
    Posterior posterior =
        LinearDiscriminant.of(Map.of(A, one.statistics(), B, two.statistics()))
            .posterior(new float[] {0.6f, 0.8f});
    assertThat(posterior.probability(A)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void classWithoutPictures_changesNothing() {
    Pictures without = pictures(OF_B.classes().get(0));
    Posterior with =
        LinearDiscriminant.of(Pictures.statistics(EXAMPLE)).posterior(new float[] {0, 0.6f, 0.8f});
    Posterior alone =
        LinearDiscriminant.of(Map.of(A, OF_A.statistics(), B, without.statistics()))
            .posterior(new float[] {0, 0.6f, 0.8f});
    assertThat(with.probability(B)).isEqualTo(alone.probability(B));
    assertThat(with.scores(B)[0]).isEqualTo(alone.scores(B)[0]);
    assertThat(with.relativeDistance()).isEqualTo(alone.relativeDistance());
  }

  @Test
  void onePictureInEachClass_routesToTheNearestMean() {
    Posterior posterior =
        LinearDiscriminant.of(
                Map.of(
                    A,
                    pictures(List.of(new double[] {1, 0, 0}), List.of(new double[] {0, 1, 0}))
                        .statistics(),
                    B,
                    pictures(List.of(new double[] {0, 0, 1})).statistics()))
            .posterior(new float[] {0.1f, 0.9f, 0.2f});
    assertThat(posterior.probability(A)).isGreaterThan(0.5);
    assertThat(posterior.classes(A)[1]).isGreaterThan(posterior.classes(A)[0]);
    assertThat(posterior.relativeDistance()).isFinite();
  }

  @Test
  void oneClass_isCertainAndNoPictureIsFarFromIt() {
    LinearDiscriminant discriminant =
        LinearDiscriminant.of(
            Map.of(A, Pictures.drawn(new Random(1), 6, new int[] {30}).statistics()));
    Posterior posterior = discriminant.posterior(Pictures.feature(new Random(2), 6));
    assertThat(posterior.probability(A)).isEqualTo(1);
    assertThat(posterior.classes(A)).containsExactly(1);
    assertThat(posterior.relativeDistance()).isZero();
  }

  @Test
  void oneTaskOfOnePicture_amongOthers_isRouted() {
    Map<TaskId, TaskStatistics> tasks =
        Map.of(
            A,
            pictures(List.of(new double[] {0, 0, 1})).statistics(),
            B,
            Pictures.drawn(new Random(1), 3, new int[] {9, 9}).statistics());
    assertThat(LinearDiscriminant.of(tasks).posterior(new float[] {0, 0, 1}).probability(A))
        .isGreaterThan(0.5);
  }

  @Test
  void dimension_largerThanTheNumberOfPictures_isHeldByTheRidge() {
    Pictures few = Pictures.drawn(new Random(3), 64, new int[] {2, 2});
    Posterior posterior =
        LinearDiscriminant.of(Map.of(A, few.statistics()))
            .posterior(Pictures.feature(new Random(4), 64));
    close(
        posterior.classes(A),
        plain(64, List.of(few)).classes(0, Pictures.wide(Pictures.feature(new Random(4), 64))));
    assertThat(posterior.relativeDistance()).isFinite();
  }

  @Test
  void equalFeatures_areRefused() {
    double[] same = Pictures.wide(Pictures.feature(new Random(5), 40));
    Pictures equal =
        pictures(Collections.nCopies(1000, same), Collections.nCopies(7, same.clone()));
    assertThatThrownBy(() -> LinearDiscriminant.of(Map.of(A, equal.statistics())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid statistics: the features of all training pictures are equal");
  }

  @Test
  void faultyTasks_areRefusedByName() {
    TaskStatistics good = OF_A.statistics();
    assertThatThrownBy(() -> LinearDiscriminant.of(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid statistics: there is no task");
    assertThatThrownBy(
            () -> LinearDiscriminant.of(Map.of(A, good, B, emptyPictures(3).statistics())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid statistics of task b: there are no training pictures");
    assertThatThrownBy(
            () -> LinearDiscriminant.of(Map.of(A, good, B, emptyPictures(2).statistics())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid statistics of task b: dimension 2 (a has 3)");
  }

  @Test
  void inconsistentSums_areRefused() {
    TaskStatistics inconsistent =
        new TaskStatistics(2, new long[] {2}, new double[][] {{0, 0}}, new double[] {1, 100, 1});
    assertThatThrownBy(() -> LinearDiscriminant.of(Map.of(A, inconsistent)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid statistics: their covariance is not positive definite");
  }

  @Test
  void faultyFeatures_areRefused() {
    LinearDiscriminant discriminant = LinearDiscriminant.of(Pictures.statistics(EXAMPLE));
    assertThatThrownBy(() -> discriminant.posterior(new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid feature: length 2 (3 expected)");
    assertThatThrownBy(() -> discriminant.posterior(new float[] {0, Float.NaN, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid feature: a value is not finite");
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Pictures pictures(List<double[]>... classes) {
    int dimension =
        Stream.of(classes).flatMap(List::stream).findFirst().map(f -> f.length).orElseThrow();
    return new Pictures(dimension, List.of(classes));
  }

  private static Pictures emptyPictures(int dimension) {
    return new Pictures(dimension, List.of(List.of()));
  }

  private static double[] upper(SymmetricMatrix matrix) {
    double[][] rows = new double[matrix.dimension()][matrix.dimension()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = i; j < rows.length; j++) {
        rows[i][j] = matrix.upper(i, j);
      }
    }
    return upper(rows);
  }

  private static double[] upper(double[][] rows) {
    List<Double> upper = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      for (int j = i; j < rows.length; j++) {
        upper.add(rows[i][j]);
      }
    }
    return upper.stream().mapToDouble(value -> value).toArray();
  }

  /** Equal to 1e-9, and from 1 on to 1e-9 of the value. */
  private static void close(double[] actual, double... expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      if (Double.isInfinite(expected[i])) {
        assertThat(actual[i]).isEqualTo(expected[i]);
      } else {
        assertThat(actual[i])
            .isCloseTo(expected[i], within(1e-9 * Math.max(1, Math.abs(expected[i]))));
      }
    }
  }
}
