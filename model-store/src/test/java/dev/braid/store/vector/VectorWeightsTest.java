package dev.braid.store.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.TensorSpec;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorWeightsTest {
  private final CountedRows rows = new CountedRows();
  private final VectorWeights weights =
      new VectorWeights(
          List.of(TensorSpec.of("a"), TensorSpec.of("b", 4), TensorSpec.of("c", 3)),
          () -> new FloatReader(rows));

  @Test
  void tensor_readsNoFurtherThanItsEnd() throws IOException {
    assertThat(weights.tensor("a").values()).containsExactly(0);
    assertThat(rows.read).isEqualTo(1);
    assertThat(rows.closed).isTrue();
  }

  @Test
  void tensor_acrossRows_hasAllItsValues() throws IOException {
    assertThat(weights.tensor("b").values()).containsExactly(1, 2, 3, 4);
    assertThat(rows.read).isEqualTo(3);
  }

  @Test
  void tensor_ofAnUnknownName_isRefused() {
    assertThatThrownBy(() -> weights.tensor("d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid tensor: d (the model has none of this name)");
  }

  /** Rows 0 1, 2 3, 4 5, 6 7, from the start after each close. */
  private static final class CountedRows implements FloatRows {
    private int read;
    private boolean closed;

    @Override
    public boolean hasRow() {
      return read < 4;
    }

    @Override
    public FloatBuffer readRow() {
      int first = 2 * read++;
      return FloatBuffer.wrap(new float[] {first, first + 1});
    }

    @Override
    public void close() {
      closed = true;
      read = read == 4 ? 0 : read;
    }
  }
}
