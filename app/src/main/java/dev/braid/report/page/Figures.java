package dev.braid.report.page;

import dev.braid.report.StreamReport;
import java.util.Locale;
import java.util.OptionalDouble;

/** Formats figures for people: shares as percentages with one decimal, a dash if missing. */
final class Figures {
  static final String NONE = "–";

  private Figures() {}

  /** A share as a percentage. */
  static String percent(double share) {
    return number(100 * share, "%.1f");
  }

  /** The change from one share to another, in percentage points with a sign. */
  static String change(double from, double to) {
    return number(100 * (to - from), "%+.1f");
  }

  /** A share as a percentage, if present. */
  static String percent(OptionalDouble share) {
    return percent(share.orElse(Double.NaN));
  }

  /** A number with three decimals, if present. */
  static String decimal(OptionalDouble value) {
    return number(value.orElse(Double.NaN), "%.3f");
  }

  /** The note on the means of a report, if it has repeated runs. */
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
    // A value that rounds to zero gets no sign, and the minus is not a hyphen.
    return (text.matches("[-+]0\\.0*") ? text.substring(1) : text).replace('-', '−');
  }

  /** A number with its noun in the singular or plural. */
  static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
