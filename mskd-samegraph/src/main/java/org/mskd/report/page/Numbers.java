package org.mskd.report.page;

import java.util.Locale;
import java.util.OptionalDouble;
import org.mskd.evaluation.Summary;

/** Numbers as the pages show them. */
final class Numbers {
  static final String UNDEFINED = "–";

  private Numbers() {}

  /** With a number of decimals, or a dash. */
  static String fixed(OptionalDouble value, int decimals) {
    return value.isPresent() ? fixed(value.getAsDouble(), decimals) : UNDEFINED;
  }

  static String fixed(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.matches("-0\\.?0*") ? text.substring(1) : text;
  }

  /** {@code 0.918 ± 0.012}. */
  static String withDeviation(Summary summary) {
    return fixed(summary.mean(), 3)
        + (summary.sd().isPresent() ? " ± " + fixed(summary.sd(), 3) : "");
  }

  /** {@code 0.901 to 0.934}; empty without an interval. */
  static String interval(Summary summary) {
    return summary
        .interval()
        .map(limits -> fixed(limits.low(), 3) + " to " + fixed(limits.high(), 3))
        .orElse("");
  }

  /** {@code 1,943,000}. */
  static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
