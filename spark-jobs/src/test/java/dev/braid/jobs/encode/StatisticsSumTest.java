package dev.braid.jobs.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.record.TaskStatistics;
import dev.braid.store.FeatureChunk;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StatisticsSumTest {
  @Test
  void statistics_ofThreePictures_areTheirSums() {
    StatisticsSum sum = new StatisticsSum(2, 3);
    sum.add(new FeatureChunk(new int[] {0, 2}, new float[][] {{1, 2}, {3, 4}}));
    sum.add(new FeatureChunk(new int[] {0}, new float[][] {{-1, 0.5f}}));

    assertThat(sum.statistics())
        .isEqualTo(
            new TaskStatistics(
                2,
                new long[] {2, 0, 1},
                new double[][] {{0, 2.5}, {0, 0}, {3, 4}},
                // 1*1 + 3*3 + 1*1, 1*2 + 3*4 - 1*0.5, 2*2 + 4*4 + 0.5*0.5
                new double[] {11, 13.5, 20.25}));
  }

  /** The chunks in which pictures are stored change no bit. */
  @Property
  void statistics_ofOtherChunks_areTheSame(@ForAll long seed, @ForAll @IntRange(max = 20) int cut) {
    Random random = new Random(seed);
    FeatureChunk all = new FeatureChunk(new int[20], new float[20][4]);
    for (int row = 0; row < 20; row++) {
      all.labels()[row] = random.nextInt(3);
      for (int i = 0; i < 4; i++) {
        all.vectors()[row][i] = (float) random.nextGaussian();
      }
    }
    StatisticsSum whole = new StatisticsSum(4, 3);
    whole.add(all);
    StatisticsSum parts = new StatisticsSum(4, 3);
    parts.add(rows(all, 0, cut));
    parts.add(rows(all, cut, 20));

    assertThat(parts.statistics()).isEqualTo(whole.statistics());
  }

  private static FeatureChunk rows(FeatureChunk all, int from, int to) {
    return all.rows(IntStream.range(from, to).boxed().toList());
  }
}
