package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.record.TaskStatistics;
import dev.braid.store.json.StoreFormatException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StatisticsBytesTest {
  @Property
  void bytes_thereAndBack_areTheSame(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 9) int dimension,
      @ForAll @IntRange(min = 1, max = 5) int classes) {
    Random random = new Random(seed);
    TaskStatistics statistics =
        new TaskStatistics(
            dimension,
            random.longs(classes, 0, 1000).toArray(),
            random
                .doubles(classes)
                .mapToObj(unused -> random.doubles(dimension).toArray())
                .toArray(double[][]::new),
            random.doubles(TaskStatistics.triangle(dimension)).toArray());

    assertThat(StatisticsBytes.read(StatisticsBytes.of(statistics), "statistics"))
        .isEqualTo(statistics);
  }

  @Test
  void bytes_areThoseOfTheFormat() {
    TaskStatistics statistics =
        new TaskStatistics(1, new long[] {2}, new double[][] {{-2}}, new double[] {0.5});

    assertThat(HexFormat.of().formatHex(StatisticsBytes.of(statistics)))
        .isEqualTo(
            "01000000" + "01000000" + "0200000000000000" + "00000000000000c0" + "000000000000e03f");
  }

  @Test
  void read_ofOtherBytes_isRefused() {
    byte[] bytes =
        StatisticsBytes.of(
            new TaskStatistics(1, new long[] {2}, new double[][] {{2}}, new double[] {4}));

    for (int length : new int[] {0, 7, 8, bytes.length - 1}) {
      assertThatThrownBy(() -> StatisticsBytes.read(Arrays.copyOf(bytes, length), "x.f64"))
          .isInstanceOf(StoreFormatException.class)
          .hasMessageStartingWith("Invalid statistics in x.f64");
    }
  }
}
