package dev.braid.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.model.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainBenchTest {
  private static final Trial TRIAL = new Trial(TrialModel.TINY, 2);

  @Test
  void worker_inASeparateProcess_trainsTheSameAndReportsTimeAndMemory() throws IOException {
    float[] losses = new float[Trial.WARM_UP];
    try (Work here = Work.of(Measured.TRAIN, TRIAL);
        Side side = Worker.start(Measured.TRAIN, TRIAL, 1)) {
      for (int i = 0; i < losses.length; i++) {
        losses[i] = here.once();
      }

      assertThat(side.checks()).hasSize(Trial.WARM_UP);
      for (int i = 0; i < losses.length; i++) {
        assertThat((float) side.checks()[i]).isEqualTo(losses[i]);
      }
      double least = Math.min(side.seconds(1), side.seconds(1));
      assertThat(side.seconds(10)).as("ten repetitions").isGreaterThan(3 * least);
      long weights = TRIAL.model().trainedTensors().stream().mapToLong(TensorSpec::size).sum();
      assertThat(side.peakBytes())
          .as("weights, gradients and two moments, in float32")
          .isGreaterThan(4 * Float.BYTES * weights);
    }
    assertThat(losses[1]).isLessThan(losses[0]);
  }

  /** Two made-up processes: the second takes three times as long and four times the memory. */
  @Test
  void turns_ofTwoSides_giveTheFirstsThroughputAndMemoryRelativeToTheSeconds() throws IOException {
    try (Side first = answering("$((2 * n))", 1000);
        Side second = answering("$((6 * n))", 4000)) {
      Turns.Paired paired = Turns.of("train", first, second, line -> {});

      assertThat(paired.throughput()).isEqualTo(new Ratio(3, 3, 3));
      assertThat(paired.peakMemory()).isEqualTo(0.25);
    }
  }

  /** A side that answers a number of repetitions with these seconds. */
  private static Side answering(String seconds, int peak) throws IOException {
    String script =
        "echo ready none; while read n; do [ $n = peak ] && echo %s || echo %s; done"
            .formatted(peak, seconds);
    return Side.start("made-up", List.of("sh", "-c", script), Map.of());
  }

  @Test
  void write_always_describesTheWorkersInput(@TempDir Path folder) throws IOException {
    TRIAL.write(folder);

    JsonNode trial = new ObjectMapper().readTree(folder.resolve("trial.json").toFile());
    assertThat(trial.get("labels")).hasSize(TRIAL.batch());
    assertThat(trial.get("tokens")).hasSize(TRIAL.model().classes());
    assertThat(trial.get("ends")).hasSize(TRIAL.model().classes());
    assertThat(Files.size(folder.resolve("model.safetensors"))).isGreaterThan(30_000_000);
  }

  @Test
  void checkSame_ofOtherNumbers_refusesToCompare() {
    double[] ours = {4.1, 4.0};

    TrainBench.checkSame(Measured.TRAIN, ours, new double[] {4.1001, 4.0});
    assertThatThrownBy(() -> TrainBench.checkSame(Measured.TRAIN, ours, new double[] {4.1, 3.9}))
        .hasMessage("Cannot compare: train gives [4.1, 4.0] here and [4.1, 3.9] with PyTorch");
    assertThatThrownBy(
            () -> TrainBench.checkSame(Measured.TRAIN, ours, new double[] {4.1, Double.NaN}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void side_whoseProcessEnds_reportsIt() {
    assertThatThrownBy(() -> Side.start("PyTorch", List.of("false"), Map.of()))
        .hasMessage("Cannot measure PyTorch: its process ended");
  }

  @Test
  void ratio_ofPairs_isTheirMedianBetweenTheExtremes() {
    assertThat(Ratio.of(new double[] {3, 1, 2, 5, 4})).isEqualTo(new Ratio(1, 3, 5));
  }
}
