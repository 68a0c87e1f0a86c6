package org.mskd.experiment;

import java.util.Collection;
import java.util.Locale;
import org.mskd.problem.BadInputException;

/** The checks the records share, each naming the element, what was given and what is allowed. */
final class Checks {
  private Checks() {}

  static int atLeast(String element, int value, int minimum) {
    if (value < minimum) {
      throw notAllowed(element, value, "a whole number of at least " + minimum);
    }
    return value;
  }

  static int within(String element, int value, int low, int high) {
    if (value < low || value > high) {
      throw notAllowed(element, value, "a whole number from " + low + " to " + high);
    }
    return value;
  }

  /** A finite number in {@code [low, high]}. */
  static double within(String element, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw notAllowed(element, value, "a number from " + plain(low) + " to " + plain(high));
    }
    return value;
  }

  /** A number in {@code [0, 1)}. */
  static double belowOne(String element, double value) {
    if (!(value >= 0 && value < 1)) {
      throw notAllowed(element, value, "a number of at least 0 and below 1");
    }
    return value;
  }

  /** A finite number above 0. */
  static double positive(String element, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw notAllowed(element, value, "a number above 0");
    }
    return value;
  }

  /** A finite number of at least 0. */
  static double notNegative(String element, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw notAllowed(element, value, "a number of at least 0");
    }
    return value;
  }

  static <T> T present(String element, T value) {
    if (value == null) {
      throw new BadInputException("<" + element + "> is missing.", "Add it to the configuration.");
    }
    return value;
  }

  static <C extends Collection<?>> C notEmpty(String element, C values) {
    if (values == null || values.isEmpty()) {
      throw new BadInputException("<" + element + "> is empty.", "Give at least one value.");
    }
    return values;
  }

  /** A name that is also a folder: letters, digits, {@code . _ -}, no leading dot. */
  static String name(String element, String value) {
    present(element, value);
    if (!value.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}")) {
      throw notAllowed(
          element,
          value,
          "up to 64 letters, digits, '.', '_' or '-', not starting with '.', since it names a"
              + " folder");
    }
    return value;
  }

  static NotAllowedException notAllowed(String element, Object given, String allowed) {
    String text = given instanceof Double d ? plain(d) : String.valueOf(given);
    return new NotAllowedException(element, text, allowed);
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
