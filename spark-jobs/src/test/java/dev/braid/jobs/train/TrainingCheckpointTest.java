package dev.braid.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import dev.braid.store.json.StoreFormatException;
import dev.braid.vlm.train.Conflicts;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrainingCheckpointTest {
  private static final TrainingCheckpoint ROUND =
      new TrainingCheckpoint(
          7,
          List.of(Digest.of("weights")),
          List.of(new TrainingCheckpoint.Moments(Digest.of("first"), Digest.of("second"))),
          List.of(),
          Alignments.NONE);

  @Test
  void fromJson_ofWritten_isTheSame() {
    assertThat(TrainingCheckpoint.fromJson(ROUND.toJson(), "f")).isEqualTo(ROUND);
    Alignments alignments = new Alignments(List.of(new Conflicts(3, 0.125, 0.29)));
    TrainingCheckpoint aligned =
        new TrainingCheckpoint(7, ROUND.weights(), ROUND.replicas(), ROUND.momentum(), alignments);
    assertThat(TrainingCheckpoint.fromJson(aligned.toJson(), "f")).isEqualTo(aligned);
  }

  @Test
  void fromJson_anyFlippedBit_isRefused() {
    byte[] json = ROUND.toJson();
    for (int bit = 0; bit < 8 * json.length; bit++) {
      byte[] flipped = json.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertThatThrownBy(() -> TrainingCheckpoint.fromJson(flipped, "some/file"))
          .isInstanceOf(StoreFormatException.class)
          .hasMessageStartingWith("Cannot read some/file: ");
    }
  }
}
