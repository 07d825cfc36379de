package dev.braid.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Bits;
import dev.braid.model.TensorGroups.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GroupSumsTest {
  private static final RowGroups TWO =
      new RowGroups(List.of(new Run(0, 0, 2), new Run(1, 2, 3), new Run(0, 3, 5)), 2);

  @Test
  void ofRow_addsMagnitudesOfAGroupsRuns() {
    assertThat(GroupSums.ofRow(new float[] {1, -2, 4, -8, 16}, TWO).toList())
        .containsExactly(27., 4.);
  }

  @Test
  void ofRow_withMask_addsOnlyWhatItCovers() {
    byte[] mask = Bits.row(5);
    Bits.set(mask, 1);
    Bits.set(mask, 4);

    assertThat(GroupSums.ofRow(new float[] {1, -2, 4, -8, 16}, mask, TWO).toList())
        .containsExactly(18., 0.);
  }

  @Test
  void ofRow_addsSixteenPartialsInOrder() {
    // 2^53 swallows a 1 added to it, so the ones at index 1 mod 16 must have been added together
    // before.
    int length = 16 * 17;
    float[] values = new float[length];
    values[0] = 0x1p53f;
    for (int j = 1; j < length; j += 16) {
      values[j] = 1;
    }

    GroupSums sums = GroupSums.ofRow(values, new RowGroups(List.of(new Run(0, 0, length)), 1));

    assertThat(sums.of(0)).isEqualTo(0x1p53 + 17 - 1); // 2^53 + 17 lies between two doubles
  }

  @Test
  void plus_addsGroupByGroup() {
    GroupSums sums = GroupSums.of(List.of(1., 2.)).plus(GroupSums.of(List.of(.5, .25)));

    assertThat(sums.toList()).containsExactly(1.5, 2.25);
  }

  @Test
  void plus_ofOtherGroups_isRefused() {
    GroupSums two = GroupSums.of(List.of(1., 2.));
    GroupSums one = GroupSums.of(List.of(1.));

    assertThatThrownBy(() -> two.plus(one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot add sums: 2 groups and 1");
  }
}
