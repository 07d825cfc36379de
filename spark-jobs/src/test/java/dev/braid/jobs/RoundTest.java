package dev.braid.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import dev.braid.store.json.StoreFormatException;
import dev.braid.vlm.train.Conflicts;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundTest {
  private static final Round ROUND =
      new Round(
          7,
          List.of(Digest.of("weights")),
          List.of(new Round.Moments(Digest.of("first"), Digest.of("second"))),
          List.of(),
          Alignments.NONE);

  @Test
  void fromJson_ofWritten_isTheSame() {
    assertThat(Round.fromJson(ROUND.toJson(), "f")).isEqualTo(ROUND);
    Alignments alignments = new Alignments(List.of(new Conflicts(3, 0.125, 0.29)));
    Round aligned = new Round(7, ROUND.weights(), ROUND.replicas(), ROUND.momentum(), alignments);
    assertThat(Round.fromJson(aligned.toJson(), "f")).isEqualTo(aligned);
  }

  @Test
  void fromJson_anyFlippedBit_isRefused() {
    byte[] json = ROUND.toJson();
    for (int bit = 0; bit < 8 * json.length; bit++) {
      byte[] flipped = json.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertThatThrownBy(() -> Round.fromJson(flipped, "some/file"))
          .isInstanceOf(StoreFormatException.class)
          .hasMessageStartingWith("Cannot read some/file: ");
    }
  }
}
