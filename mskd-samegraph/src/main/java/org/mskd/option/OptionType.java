package org.mskd.option;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the values of an option are written.
 *
 * @param <T> type of a value
 * @param allowed what is allowed, as in messages, such as {@code a number of at least 0}
 * @param parser a value from its text; empty where the text is not one that is allowed
 * @param writer the one text of a value, which {@code parser} reads
 */
public record OptionType<T>(
    String allowed, Function<String, Optional<T>> parser, Function<T, String> writer) {

  /** A number of {@code [low, high]}; {@code high} may be infinite, a value may not. */
  public static OptionType<Double> number(double low, double high) {
    String allowed =
        Double.isInfinite(high)
            ? "a number of at least " + plain(low)
            : "a number from " + plain(low) + " to " + plain(high);
    return new OptionType<>(
        allowed,
        text -> number(text).filter(value -> value >= low && value <= high),
        OptionType::plain);
  }

  /** A whole number of {@code [low, high]}. */
  public static OptionType<Integer> integer(int low, int high) {
    return new OptionType<>(
        "a whole number from " + low + " to " + high,
        text -> whole(text).filter(value -> value >= low && value <= high),
        String::valueOf);
  }

  /** One or several different whole numbers of {@code [low, high]}, in ascending order. */
  public static OptionType<List<Integer>> integers(int low, int high) {
    return new OptionType<>(
        "one or several different whole numbers from " + low + " to " + high + ", such as 0 1",
        text -> integers(text, low, high),
        values -> values.stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }

  private static Optional<List<Integer>> integers(String text, int low, int high) {
    List<Optional<Integer>> numbers =
        Arrays.stream(text.strip().split("[\\s,]+")).map(OptionType::whole).toList();
    List<Integer> values = numbers.stream().flatMap(Optional::stream).sorted().toList();
    boolean valid =
        !values.isEmpty()
            && values.size() == numbers.size()
            && values.stream().allMatch(value -> value >= low && value <= high)
            && values.stream().distinct().count() == values.size();
    return valid ? Optional.of(values) : Optional.empty();
  }

  /**
   * Several numbers of {@code [low, high]}, in the order that is given, or none.
   *
   * @param none the word that is written for none
   */
  public static OptionType<List<Double>> numbers(double low, double high, String none) {
    return new OptionType<>(
        none + ", or numbers from " + plain(low) + " to " + plain(high) + ", such as 0.03 0.002",
        text -> text.strip().equals(none) ? Optional.of(List.of()) : numbers(text, low, high),
        values ->
            values.isEmpty()
                ? none
                : values.stream().map(OptionType::plain).collect(Collectors.joining(" ")));
  }

  private static Optional<List<Double>> numbers(String text, double low, double high) {
    List<Optional<Double>> numbers =
        Arrays.stream(text.strip().split("[\\s,]+")).map(OptionType::number).toList();
    List<Double> values = numbers.stream().flatMap(Optional::stream).toList();
    boolean valid =
        values.size() == numbers.size()
            && values.stream().allMatch(value -> value >= low && value <= high);
    return valid ? Optional.of(values) : Optional.empty();
  }

  /** {@code true} or {@code false}. */
  public static OptionType<Boolean> flag() {
    return new OptionType<>(
        "true or false",
        text ->
            text.equals("true") || text.equals("false")
                ? Optional.of(text.equals("true"))
                : Optional.empty(),
        String::valueOf);
  }

  /** One of an enumeration's constants, written in lower case. */
  public static <E extends Enum<E>> OptionType<E> oneOf(Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    List<String> names = constants.stream().map(OptionType::lowerCase).toList();
    String last = names.get(names.size() - 1);
    return new OptionType<>(
        String.join(", ", names.subList(0, names.size() - 1)) + " or " + last,
        text ->
            constants.stream()
                .filter(constant -> lowerCase(constant).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst(),
        OptionType::lowerCase);
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Integer> whole(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty(); // the caller throws, with what is allowed
    }
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.valueOf(text)).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty(); // the caller throws, with what is allowed
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
