package org.mskd.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/** Numbers as the files of scores have them: six decimals, so that equal scores are equal text. */
final class Decimals {
  private static final int DECIMALS = 6;

  private Decimals() {}

  static BigDecimal of(double value) {
    return BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
  }

  /** Null for what is undefined, as files have it. */
  static BigDecimal orNull(OptionalDouble value) {
    return value.isPresent() ? of(value.getAsDouble()) : null;
  }
}
