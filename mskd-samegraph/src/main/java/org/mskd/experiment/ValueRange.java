package org.mskd.experiment;

import org.mskd.problem.BadInputException;

/**
 * Label values from {@code first} to {@code last}, both included.
 *
 * @param first 1 to 65535
 * @param last at least {@code first}, at most 65535
 */
public record ValueRange(int first, int last) {
  /** The largest label value. */
  public static final int LARGEST = 65535;

  /** Every value that no organ has. */
  public static final ValueRange OTHERS = new ValueRange(1, LARGEST);

  public ValueRange {
    Checks.within("value", first, 1, LARGEST);
    Checks.within("value", last, 1, LARGEST);
    if (last < first) {
      throw new BadInputException(
          "The range of label values " + first + "-" + last + " is empty.",
          "Give the lower value first, such as " + last + "-" + first + ".");
    }
  }

  /** The range of a single value. */
  public static ValueRange of(int value) {
    return new ValueRange(value, value);
  }

  /** Whether the value lies in it. */
  public boolean contains(int value) {
    return value >= first && value <= last;
  }

  boolean isSingle() {
    return first == last;
  }

  @Override
  public String toString() {
    return isSingle() ? Integer.toString(first) : first + "-" + last;
  }
}
