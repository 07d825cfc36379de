package dev.braid.vlm.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScopeTest {
  @Test
  void result_ofOuterAndInnerOperand_livesInTheInnerScopeWhicheverIsFirst() {
    try (Scope outer = Scope.open()) {
      Tensor weight = outer.tensor(new float[] {1, 2}, 2);
      try (Scope inner = outer.child()) {
        Tensor x = inner.tensor(new float[] {3, 4}, 2);
        assertThat(weight.times(x).toArray()).containsExactly(3, 8);
        assertThat(x.plus(weight).toArray()).containsExactly(4, 6);
        assertThat(inner.openTensors()).isEqualTo(3);
      }
      assertThat(outer.openTensors()).isEqualTo(1);
    }
  }

  @Test
  void keep_movesATensorOutOfAScopeThatCloses() {
    try (Scope outer = Scope.open()) {
      Tensor kept;
      try (Scope inner = outer.child()) {
        kept = outer.keep(inner.tensor(new float[] {1, 2}, 2).times(2f));
      }
      assertThat(kept.toArray()).containsExactly(2, 4);
      assertThat(outer.openTensors()).isEqualTo(1);
    }
  }

  @Test
  void values_areTheTensorItself() {
    try (Scope scope = Scope.open()) {
      Tensor tensor = scope.zeros(3);
      tensor.values().put(1, 5f);
      assertThat(tensor.plus(tensor).toArray()).containsExactly(0, 10, 0);
    }
  }

  @Test
  void tensor_ofWrongLength_refuses() {
    try (Scope scope = Scope.open()) {
      assertThatThrownBy(() -> scope.tensor(new float[5], 2, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid tensor: 5 values (the shape [2, 3] needs 6)");
    }
  }
}
