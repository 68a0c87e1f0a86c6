package org.mskd.code;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The text of a constant, the same in every JVM. Before JDK 19, {@link Double#toString} and {@link
 * Float#toString} gave more digits than needed for some values (JDK-4511638).
 */
final class ConstantText {
  /**
   * Constants of this library as JDK 17 writes them, with more digits than needed: the digests of
   * results that were recorded with it stay.
   */
  private static final Map<Object, String> RECORDED =
      Map.of(Float.MIN_NORMAL, "1.17549435E-38", 0x1p60, "1.15292150460684698E18");

  /** From this magnitude on, and below the other one, Java writes an exponent. */
  private static final BigDecimal LARGE = new BigDecimal("1E7");

  private static final BigDecimal SMALL = new BigDecimal("1E-3");

  private ConstantText() {}

  /** Type and value, such as {@code Double 0.5}. */
  static String of(Object value) {
    return value.getClass().getSimpleName() + " " + text(value);
  }

  private static String text(Object value) {
    if (RECORDED.containsKey(value)) {
      return RECORDED.get(value);
    }
    if (value instanceof Float number && Float.isFinite(number) && number != 0) {
      return shortest(
          number.toString(),
          new BigDecimal(number),
          digits -> digits.floatValue() == number.floatValue());
    }
    if (value instanceof Double number && Double.isFinite(number) && number != 0) {
      return shortest(
          number.toString(),
          new BigDecimal(number),
          digits -> digits.doubleValue() == number.doubleValue());
    }
    return value.toString();
  }

  /** The fewest digits, but at least two, that are still read as the value. */
  private static String shortest(String usual, BigDecimal exact, Predicate<BigDecimal> same) {
    int most = new BigDecimal(usual).stripTrailingZeros().precision();
    for (int digits = 2; digits < most; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (same.test(rounded)) {
        return written(rounded);
      }
    }
    return usual;
  }

  private static String written(BigDecimal number) {
    BigDecimal size = number.abs();
    if (size.compareTo(SMALL) >= 0 && size.compareTo(LARGE) < 0) {
      String plain = number.stripTrailingZeros().toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = size.unscaledValue().toString();
    String rest = digits.substring(1).replaceFirst("0+$", "");
    return (number.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + "."
        + (rest.isEmpty() ? "0" : rest)
        + "E"
        + (number.precision() - number.scale() - 1);
  }
}
