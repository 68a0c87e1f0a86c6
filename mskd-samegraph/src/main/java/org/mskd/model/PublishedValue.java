package org.mskd.model;

/** The checks that the parts of a {@link Publication} share. */
final class PublishedValue {
  private PublishedValue() {}

  static <T> T present(String name, T value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " of publication is missing");
    }
    return value;
  }

  static int notNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " of publication is " + value);
    }
    return value;
  }

  static double finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " of publication is " + value);
    }
    return value;
  }

  /** A SHA-256 in lower-case hexadecimal. */
  static String digest(String name, String value) {
    if (!present(name, value).matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(name + " of publication is '" + value + "', no SHA-256");
    }
    return value;
  }
}
