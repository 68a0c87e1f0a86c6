package org.mskd.option;

import java.util.List;

/**
 * One option of a training method, declared once.
 *
 * @param <T> type of its values
 * @param name the POM's element and the property's name, such as {@code featureWeight}
 * @param type how values are written, and which are allowed
 * @param defaultValue the value where none is given
 * @param help one line: what it is, with its unit
 */
public record Option<T>(String name, OptionType<T> type, T defaultValue, String help) {
  /**
   * @throws IllegalArgumentException if the name is not in lower camel case, or the default is not
   *     allowed
   */
  public Option {
    if (!name.matches("[a-z][A-Za-z0-9]*")) {
      throw new IllegalArgumentException("an option named " + name);
    }
    if (type.parser().apply(type.writer().apply(defaultValue)).isEmpty()) {
      throw new IllegalArgumentException(name + " has a default that is not " + type.allowed());
    }
  }

  /** A number of at least {@code low}. */
  public static Option<Double> number(String name, double defaultValue, double low, String help) {
    return number(name, defaultValue, low, Double.POSITIVE_INFINITY, help);
  }

  /** A number of {@code [low, high]}. */
  public static Option<Double> number(
      String name, double defaultValue, double low, double high, String help) {
    return new Option<>(name, OptionType.number(low, high), defaultValue, help);
  }

  /** A whole number of {@code [low, high]}. */
  public static Option<Integer> integer(
      String name, int defaultValue, int low, int high, String help) {
    return new Option<>(name, OptionType.integer(low, high), defaultValue, help);
  }

  /** One or several different whole numbers of {@code [low, high]}. */
  public static Option<List<Integer>> integers(
      String name, List<Integer> defaultValue, int low, int high, String help) {
    return new Option<>(name, OptionType.integers(low, high), defaultValue, help);
  }

  /**
   * Several numbers of {@code [low, high]}, in their order; none by default.
   *
   * @param none the word that a user writes for none
   */
  public static Option<List<Double>> numbers(
      String name, String none, double low, double high, String help) {
    return new Option<>(name, OptionType.numbers(low, high, none), List.of(), help);
  }

  /** {@code true} or {@code false}. */
  public static Option<Boolean> flag(String name, boolean defaultValue, String help) {
    return new Option<>(name, OptionType.flag(), defaultValue, help);
  }

  /** One of an enumeration's constants. */
  public static <E extends Enum<E>> Option<E> oneOf(String name, E defaultValue, String help) {
    return new Option<>(
        name, OptionType.oneOf(defaultValue.getDeclaringClass()), defaultValue, help);
  }

  /**
   * A value from its text.
   *
   * @throws OptionNotAllowed if it is not allowed
   */
  public T parse(String text) {
    return type.parser()
        .apply(text)
        .orElseThrow(() -> new OptionNotAllowed(name, text, type.allowed()));
  }

  /** The text of a value. */
  public String write(T value) {
    return type.writer().apply(value);
  }

  /** The default as text. */
  public String defaultText() {
    return write(defaultValue);
  }
}
