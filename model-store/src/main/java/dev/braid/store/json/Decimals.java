package dev.braid.store.json;

import dev.braid.model.Check;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/** Floating-point numbers as text: the fewest digits that are read back as the same bits. */
final class Decimals {
  /*
   * The JDK's own toString changed between releases, and the text is hashed; so the rule
   * is implemented here. A value is rounded, half to even, to 1, 2, 3, ... significant digits; the first that
   * is read back as the same value is taken. Values from 1e-7 up to 1e21 use plain notation.
   */
  private static final int FLOAT_DIGITS = 9;
  private static final int DOUBLE_DIGITS = 17;

  private Decimals() {}

  static String text(float value) {
    Check.argument(Float.isFinite(value), "Invalid number: %s (finite)", value);
    return text(new BigDecimal(value), FLOAT_DIGITS, decimal -> decimal.floatValue() == value);
  }

  static String text(double value) {
    Check.argument(Double.isFinite(value), "Invalid number: %s (finite)", value);
    return text(new BigDecimal(value), DOUBLE_DIGITS, decimal -> decimal.doubleValue() == value);
  }

  private static String text(BigDecimal exact, int mostDigits, Predicate<BigDecimal> readsBack) {
    for (int digits = 1; digits < mostDigits; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (readsBack.test(rounded)) {
        return text(rounded);
      }
    }
    return text(exact.round(new MathContext(mostDigits, RoundingMode.HALF_EVEN)));
  }

  private static String text(BigDecimal rounded) {
    if (rounded.signum() == 0) {
      return "0";
    }
    BigDecimal shortest = rounded.stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -7 && exponent < 21) {
      return shortest.toPlainString();
    }
    return shortest.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
  }
}
