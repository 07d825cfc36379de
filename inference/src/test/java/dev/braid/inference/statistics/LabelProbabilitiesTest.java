package dev.braid.inference.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelProbabilitiesTest {
  @Test
  void names_equalButForCaseAndUnderscores_areOneLabel() {
    Labels labels =
        Labels.of(List.of(List.of("Sea_Lion", "cat"), List.of(" CAT ", "dog", "sea lion")));
    assertThat(labels.count()).isEqualTo(3);
    assertThat(labels.of(0)).containsExactly(0, 1);
    assertThat(labels.of(1)).containsExactly(1, 2, 0);
    assertThat(labels.name(0)).isEqualTo("Sea_Lion");
  }

  @Test
  void probabilities_ofEqualNames_addUp() {
    Labels labels = Labels.of(List.of(List.of("cat", "owl"), List.of("Cat", "dog")));
    LabelProbabilities probabilities = new LabelProbabilities(labels.count());
    probabilities.add(0.6, new double[] {0.4, 0.6}, labels.of(0));
    probabilities.add(0.4, new double[] {0.7, 0.3}, labels.of(1));
    assertThat(probabilities.of(0)).isCloseTo(0.52, within(1e-12));
    assertThat(probabilities.of(1)).isCloseTo(0.36, within(1e-12));
    assertThat(probabilities.of(2)).isCloseTo(0.12, within(1e-12));
    assertThat(probabilities.best()).isZero();
    assertThat(probabilities.best(2)).containsExactly(0, 1);
    assertThat(probabilities.best(9)).containsExactly(0, 1, 2);
  }

  @Test
  void best_atATie_isTheFirst() {
    LabelProbabilities probabilities = new LabelProbabilities(3);
    probabilities.add(1, new double[] {0.2, 0.4, 0.4}, new int[] {0, 1, 2});
    assertThat(probabilities.best()).isEqualTo(1);
    assertThat(probabilities.best(2)).containsExactly(1, 2);
  }

  @Test
  void add_anAnswerOfAnotherLength_isRefused() {
    assertThatThrownBy(() -> new LabelProbabilities(3).add(1, new double[] {1}, new int[] {0, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid answer: 1 probabilities and 2 labels");
  }
}
