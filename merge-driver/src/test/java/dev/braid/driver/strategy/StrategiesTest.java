package dev.braid.driver.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.PamSettings;
import dev.braid.model.Digest;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.Alignment.Reset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One registry for lines and comparisons. */
class StrategiesTest {
  private static final ParameterSpace SPACE =
      new ParameterSpace(
          Digest.of(new byte[] {1}),
          new ParameterKind.Full(),
          List.of(new TensorSpec("w", List.of(2L, 2L))));

  @Test
  void all_haveNamesOfTheirOwnAndASource() {
    assertThat(Strategies.all()).extracting(Strategy::name).doesNotHaveDuplicates();
    assertThat(Strategies.all()).extracting(Strategy::source).doesNotContain("");
    assertThat(Strategies.all()).extracting(Strategy::name).containsAll(Strategies.bounds());
  }

  @Test
  void of_anUnknownName_isRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Strategies.of("magic"))
        .hasMessageStartingWith("Invalid strategy: magic (zero-shot, individual, sequential, ");
  }

  @Test
  void ofLine_isTheStrategyThatComparisonsUse() {
    for (Strategy strategy : Strategies.all()) {
      if (strategy instanceof LineStrategy learned) {
        ModelRecord empty = learned.emptyModel(SPACE);
        LineStrategy line = Strategies.ofLine(empty);
        assertThat(line).hasSameClassAs(strategy);
        assertThat(line.emptyModel(SPACE)).isEqualTo(empty);
        assertThat(line.pace()).isEqualTo(learned.pace());
        assertThat(line.start(empty)).isEqualTo(learned.start(empty));
        assertThat(line.alignment(100)).isEqualTo(learned.alignment(100));
      }
    }
  }

  @Test
  void ofLine_ofPam_alignsAsTheLineSays() {
    PamSettings settings = new PamSettings(0.25, 3, Reset.ZERO, 0.5f);
    ModelRecord model = FixedLineSettings.pam(Optional.empty(), settings).emptyModel(SPACE);

    LineStrategy strategy = Strategies.ofLine(model);

    assertThat(strategy.pace()).isEqualTo(LineStrategy.Pace.IN_TURN);
    assertThat(strategy.alignment(100)).contains(new Alignment(0.25, 3, Reset.ZERO));
    assertThat(Strategies.of("pam"))
        .extracting(pam -> ((LineStrategy) pam).alignment(100))
        .isEqualTo(Optional.of(new Alignment(0.5, 10, Reset.GLOBAL)));
  }

  @Test
  void emptyModel_ofCondu_isThatOfALine() {
    assertThat(((LineStrategy) Strategies.of("condu-deltas-global")).emptyModel(SPACE))
        .isEqualTo(
            new ModelRecord(
                SPACE,
                "condu",
                MergeState.DELTAS,
                RescalerKind.GLOBAL,
                new TreeMap<>(),
                List.of()));
  }
}
