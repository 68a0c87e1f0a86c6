package org.mskd.maven.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values that were used where none was given, by the path of their element. */
final class Readings {
  private final Map<String, String> defaults = new HashMap<>();

  void note(String path, Object otherwise) {
    defaults.put(path, otherwise instanceof Enum<?> word ? Value.word(word) : text(otherwise));
  }

  /**
   * The value that was used where none was given.
   *
   * @param path such as {@code training/epochs}
   */
  Optional<String> of(String path) {
    return Optional.ofNullable(defaults.get(path));
  }

  /** A number without an exponent and without a fraction of zeros. */
  static String text(Object value) {
    return value instanceof Double number && Double.isFinite(number)
        ? java.math.BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }
}
