package org.mskd.export.card;

import java.math.BigDecimal;

/** A declared number as a user writes it: {@code -125}, {@code 0.5}. */
final class CardNumber {
  private CardNumber() {}

  static String of(double value) {
    return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
