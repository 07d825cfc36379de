package dev.braid.store.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class DecimalsTest {
  @Test
  void text_ofFloat_isAsShortAsReadsBack() {
    assertThat(Decimals.text(0f)).isEqualTo("0");
    assertThat(Decimals.text(-1f)).isEqualTo("-1");
    assertThat(Decimals.text(0.1f)).isEqualTo("0.1");
    assertThat(Decimals.text(16_777_216f)).isEqualTo("16777216");
    assertThat(Decimals.text(1 / 3f)).isEqualTo("0.33333334");
    assertThat(Decimals.text(1e-7f)).isEqualTo("0.0000001");
    assertThat(Decimals.text(-1.5e-8f)).isEqualTo("-1.5e-8");
    assertThat(Decimals.text(Float.MAX_VALUE)).isEqualTo("3.4028235e38");
    assertThat(Decimals.text(Float.MIN_VALUE)).isEqualTo("1e-45");
  }

  @Test
  void text_ofDouble_isAsShortAsReadsBack() {
    assertThat(Decimals.text(0.1)).isEqualTo("0.1");
    assertThat(Decimals.text(Double.parseDouble("2e23"))).isEqualTo("2e23");
    assertThat(Decimals.text(1e20)).isEqualTo("100000000000000000000");
    assertThat(Decimals.text(Double.MIN_VALUE)).isEqualTo("5e-324");
    assertThat(Decimals.text(Math.PI)).isEqualTo("3.141592653589793");
  }

  @Test
  void text_ofNaN_isRefused() {
    assertThatThrownBy(() -> Decimals.text(Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid number: NaN (finite)");
  }

  @Property
  void text_ofAnyFloatBits_readsBack(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    Assume.that(Float.isFinite(value));

    assertThat(Float.parseFloat(Decimals.text(value))).isEqualTo(value + 0f);
  }

  @Property
  void text_ofAnyDoubleBits_readsBack(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    Assume.that(Double.isFinite(value));

    assertThat(Double.parseDouble(Decimals.text(value))).isEqualTo(value + 0.0);
  }
}
