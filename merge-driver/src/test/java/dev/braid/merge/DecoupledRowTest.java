package dev.braid.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.TensorGroups.Run;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecoupledRowTest {
  private static final RowGroups ONE = new RowGroups(List.of(new Run(0, 0, 1)), 1);
  private static final List<Float> LAMBDA = List.of(1f);

  @Test
  void merge_ofTheFirstTask_isExact() {
    float[] delta = {-0f};

    DecoupledRow row = DecoupledRow.empty(1).merge(List.of(), delta, ONE).row();

    assertThat(Float.floatToRawIntBits(row.unified()[0])).isZero();
    assertThat(row.mask(0)).containsExactly(0);
    assertThat(row.lastFlips()).containsExactly(0);
  }

  @Test
  void merge_thatFlipsTheSign_losesTheOldBitForGood() {
    DecoupledRow flipped = chain(1, -3);
    DecoupledRow flippedBack = flipped.merge(List.of(LAMBDA, LAMBDA), new float[] {9}, ONE).row();

    assertThat(flipped.unified()).containsExactly(-3);
    assertThat(flipped.lastFlips()).containsExactly(2);
    assertThat(flipped.mask(0)).containsExactly(0);
    assertThat(flipped.mask(1)).containsExactly(1);
    assertThat(flippedBack.lastFlips()).containsExactly(3);
    assertThat(flippedBack.mask(0)).containsExactly(0);
    assertThat(flippedBack.mask(1)).containsExactly(0);
    assertThat(flippedBack.mask(2)).containsExactly(1);
  }

  @Test
  void merge_ofAnOpposedSmallerDelta_keepsTheOldBitAndGivesTheNewTaskNone() {
    DecoupledRow row = chain(3, -1);

    assertThat(row.unified()).containsExactly(3);
    assertThat(row.lastFlips()).containsExactly(0);
    assertThat(row.mask(0)).containsExactly(1);
    assertThat(row.mask(1)).containsExactly(0);
  }

  @Test
  void merge_whereEveryProductUnderflows_clearsTheBitsForGood() {
    DecoupledRow tiny = chain(-Float.MIN_VALUE);
    DecoupledRow gone = tiny.merge(List.of(List.of(.25f)), new float[] {0}, ONE).row();
    DecoupledRow next = gone.merge(List.of(LAMBDA, LAMBDA), new float[] {.5f}, ONE).row();

    assertThat(Float.floatToRawIntBits(gone.unified()[0])).isZero();
    assertThat(gone.mask(0)).containsExactly(0);
    assertThat(next.unified()).containsExactly(.5f);
    assertThat(next.mask(0)).containsExactly(0);
  }

  @Test
  void merge_ofValuesWhoseProductUnderflows_comparesSigns() {
    DecoupledRow row = chain(1e-30f, 2e-30f);

    assertThat(row.unified()).containsExactly(2e-30f);
    assertThat(row.mask(0)).containsExactly(1);
    assertThat(row.mask(1)).containsExactly(1);
  }

  private static DecoupledRow chain(float... values) {
    DecoupledRow row = DecoupledRow.empty(1);
    for (int task = 0; task < values.length; task++) {
      List<List<Float>> lambdas = Collections.nCopies(task, LAMBDA);
      row = row.merge(lambdas, new float[] {values[task]}, ONE).row();
    }
    return row;
  }
}
