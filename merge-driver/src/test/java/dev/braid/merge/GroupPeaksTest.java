package dev.braid.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.Bits;
import dev.braid.model.TensorGroups.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GroupPeaksTest {
  private static final float HALF = Float.MAX_VALUE / 2;
  private static final RowGroups TWO =
      new RowGroups(List.of(new Run(0, 0, 2), new Run(1, 2, 3), new Run(0, 3, 5)), 2);

  @Test
  void firstBeyond_isTheGroupWhosePeakOverflows() {
    GroupPeaks peaks = peaks(1, 0, -HALF, 4, 8);

    assertThat(peaks.firstBeyond(List.of(2f))).isEmpty();
    assertThat(peaks.firstBeyond(List.of(2.01f))).hasValue(1);
    assertThat(peaks.firstBeyond(List.of(2.01f, 2f))).isEmpty();
    assertThat(peaks.firstBeyond(List.of(Float.MAX_VALUE, 2f))).hasValue(0);
  }

  @Test
  void ofRow_seesAllRunsOfAGroupInAnyOrder() {
    assertThat(peaks(HALF, 0, 0, 0, 1).firstBeyond(List.of(2.01f))).hasValue(0);
    assertThat(peaks(1, 0, 0, 0, HALF).firstBeyond(List.of(2.01f))).hasValue(0);
  }

  @Test
  void ofRow_seesOnlyWhatTheMaskCovers() {
    byte[] mask = Bits.row(5);
    Bits.set(mask, 0);

    assertThat(
            GroupPeaks.ofRow(new float[] {1, HALF, HALF, HALF, HALF}, mask, TWO)
                .firstBeyond(List.of(3f)))
        .isEmpty();
  }

  @Test
  void plus_takesTheLargerGroupByGroup() {
    GroupPeaks first = peaks(HALF, 0, 1, 0, 0);
    GroupPeaks second = peaks(1, 0, HALF, 0, 0);

    for (GroupPeaks both : List.of(first.plus(second), second.plus(first))) {
      assertThat(both.firstBeyond(List.of(3f, 1f))).hasValue(0);
      assertThat(both.firstBeyond(List.of(1f, 3f))).hasValue(1);
      assertThat(both.firstBeyond(List.of(2f))).isEmpty();
    }
  }

  private static GroupPeaks peaks(float... values) {
    byte[] all = {0x1F};
    return GroupPeaks.ofRow(values, all, TWO);
  }
}
