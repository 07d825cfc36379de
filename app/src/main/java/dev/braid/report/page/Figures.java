package dev.braid.report.page;

import dev.braid.report.StreamReport;
import java.util.Locale;
import java.util.OptionalDouble;

/** Figures as people read them: shares in per cent with one decimal, a dash where there is none. */
final class Figures {
  static final String NONE = "–";

  private Figures() {}

  /** A share in per cent. */
  static String percent(double share) {
    return number(100 * share, "%.1f");
  }

  /** From one share to another, in points with a sign. */
  static String change(double from, double to) {
    return number(100 * (to - from), "%+.1f");
  }

  /** A share in per cent, if there is one. */
  static String percent(OptionalDouble share) {
    return percent(share.orElse(Double.NaN));
  }

  /** A number with three decimals, if there is one. */
  static String decimal(OptionalDouble value) {
    return number(value.orElse(Double.NaN), "%.3f");
  }

  /** What stands beside the means of a report, if it has repeated runs. */
  static String spreads(StreamReport report) {
    return report.orders().size() * report.seeds().size() > 1
        ? ", mean ± standard deviation over the runs"
        : "";
  }

  private static String number(double value, String format) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    String text = String.format(Locale.ROOT, format, value);
    // What rounds to nothing has no sign; a hyphen is no minus.
    return (text.matches("[-+]0\\.0*") ? text.substring(1) : text).replace('-', '−');
  }

  /** A number of things, with the word for them in one of its two forms. */
  static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
