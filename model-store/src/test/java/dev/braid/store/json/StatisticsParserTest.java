package dev.braid.store.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.record.TaskStatistics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StatisticsParserTest {
  /** Pairs of these, 1 and 1 apart, are not those of 32 bytes; some overflow an int or a long. */
  private static final int[] DIMENSIONS = {
    -1, 0, 2, 65_535, 65_536, 92_681, 1 << 30, Integer.MAX_VALUE
  };

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

    assertThat(StatisticsParser.fromBytes(StatisticsParser.toBytes(statistics), "statistics"))
        .isEqualTo(statistics);
  }

  @Test
  void bytes_areThoseOfTheFormat() {
    TaskStatistics statistics =
        new TaskStatistics(1, new long[] {2}, new double[][] {{-2}}, new double[] {0.5});

    assertThat(HexFormat.of().formatHex(StatisticsParser.toBytes(statistics)))
        .isEqualTo(
            "01000000" + "01000000" + "0200000000000000" + "00000000000000c0" + "000000000000e03f");
  }

  @Test
  void read_ofOtherBytes_isRefused() {
    byte[] bytes =
        StatisticsParser.toBytes(
            new TaskStatistics(1, new long[] {2}, new double[][] {{2}}, new double[] {4}));

    for (int length : new int[] {0, 7, 8, bytes.length - 1}) {
      assertThatThrownBy(() -> StatisticsParser.fromBytes(Arrays.copyOf(bytes, length), "x.f64"))
          .isInstanceOf(StoreFormatException.class)
          .hasMessageStartingWith("Cannot read x.f64: Invalid statistics: %s bytes for", length);
    }
  }

  @Test
  void fromBytes_ofAnyDimensions_isRefusedUnlessTheLengthIsTheirs() {
    for (int dimension : DIMENSIONS) {
      for (int classes : DIMENSIONS) {
        ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(dimension).putInt(classes);

        assertThatThrownBy(() -> StatisticsParser.fromBytes(bytes.array(), "x.f64"))
            .isInstanceOf(StoreFormatException.class)
            .hasMessage(
                "Cannot read x.f64: Invalid statistics: 32 bytes for %s classes of dimension %s",
                classes, dimension);
      }
    }
  }

  @Test
  void fromBytes_ofInvalidNumbers_isRefused() {
    byte[] negative = new byte[32];
    ByteBuffer bytes = ByteBuffer.wrap(negative).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(1).putInt(1).putLong(-1).putDouble(0).putDouble(0);
    byte[] infinite = new byte[32];
    bytes = ByteBuffer.wrap(infinite).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(1).putInt(1).putLong(1).putDouble(0).putDouble(Double.NaN);

    for (byte[] each : List.of(negative, infinite)) {
      assertThatThrownBy(() -> StatisticsParser.fromBytes(each, "x.f64"))
          .isInstanceOf(StoreFormatException.class)
          .hasMessage(
              "Cannot read x.f64: Invalid statistics: a negative count or a sum that is not"
                  + " finite");
    }
  }
}
