package dev.braid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecouplingTest {
  private static final float[] UNIFIED = {.5f, -.4f, .1f, 0f, -.3f, 2f, -3f, 4f, 5f};
  private static final List<TensorGroups.Run> RUNS =
      List.of(new TensorGroups.Run(0, 0, 3), new TensorGroups.Run(1, 3, 9));

  @Test
  void maskSinceBirth_flipAfterTheTasksStep_losesTheBit() {
    byte[] mask =
        Decoupling.maskSinceBirth(
            bits("111111110"), new int[] {0, 1, 2, 3, 4, 255, 256, 2, 0}, /* step= */ 2);

    assertThat(mask).isEqualTo(bits("111000010"));
  }

  @Test
  void maskOfSign_keepsNonzerosOfTheUnifiedSign() {
    byte[] mask = Decoupling.maskOfSign(bits("110111101"), bits("011111000"), UNIFIED);

    assertThat(mask).isEqualTo(bits("110010001"));
  }

  @Test
  void decouple_oneLambda_scalesWhereTheMaskStands() {
    float[] delta = Decoupling.decouple(UNIFIED, bits("110000001"), List.of(2f), RUNS);

    assertThat(delta).containsExactly(1f, -.8f, 0f, 0f, 0f, 0f, 0f, 0f, 10f);
  }

  @Test
  void decouple_lambdaPerGroup_scalesByTheCoordinatesGroup() {
    float[] delta = Decoupling.decouple(UNIFIED, bits("100001000"), List.of(2f, 3f), RUNS);

    assertThat(delta).containsExactly(1f, 0f, 0f, 0f, 0f, 6f, 0f, 0f, 0f);
  }

  @Test
  void decouple_underflow_givesPositiveZero() {
    float[] unified = {-Float.MIN_VALUE};

    float[] delta =
        Decoupling.decouple(
            unified, bits("1"), List.of(.25f), List.of(new TensorGroups.Run(0, 0, 1)));

    assertThat(Float.floatToRawIntBits(delta[0])).isZero();
  }

  @Test
  void bits_areLittleEndianInsideAByte() {
    assertThat(bits("100000010")).containsExactly(0x81, 0x00);
    assertThat(bits("000000001")).containsExactly(0x00, 0x01);
    assertThat(Bits.count(bits("100000011"))).isEqualTo(3);
    assertThat(Bits.get(bits("010000001"), 8)).isTrue();
    assertThat(Bits.get(bits("010000001"), 7)).isFalse();
  }

  private static byte[] bits(String text) {
    byte[] row = Bits.row(text.length());
    for (int j = 0; j < text.length(); j++) {
      if (text.charAt(j) == '1') {
        Bits.set(row, j);
      }
    }
    return row;
  }
}
