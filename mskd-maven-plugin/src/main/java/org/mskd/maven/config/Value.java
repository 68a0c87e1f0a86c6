package org.mskd.maven.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.mskd.experiment.ValueRange;
import org.mskd.problem.BadInputException;
import org.mskd.problem.UnrepresentablePath;

/**
 * A text of the configuration, and its name in messages.
 *
 * @param source {@code <epochs>}, {@code -Dmskd.epochs}, or {@code <mskd.epochs>} of the properties
 * @param property the property that could override it
 * @param text the text
 * @param origin where it comes from
 */
record Value(String source, Optional<String> property, String text, Origin origin) {
  /** The value of a user property. */
  static Value ofUser(String property, String text) {
    return new Value(
        Schema.userProperty(property), Optional.of(property), text, Origin.USER_PROPERTY);
  }

  /** The value of a project property. */
  static Value ofProject(String property, String text) {
    return new Value(
        "<" + Schema.PREFIX + property + "> of the project's properties",
        Optional.of(property),
        text,
        Origin.PROJECT_PROPERTY);
  }

  /** The text of an element. */
  static Value ofElement(String source, Optional<String> property, String text) {
    return new Value(source, property, text, Origin.ELEMENT);
  }

  int asInt() {
    return parsed(text, Integer::valueOf, "a whole number");
  }

  long asLong() {
    return parsed(text, Long::valueOf, "a whole number");
  }

  double asDouble() {
    return parsed(text, Double::valueOf, "a number");
  }

  boolean asBoolean() {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw notAllowed("true or false");
    };
  }

  /** One of an enumeration's constants, in upper or lower case. */
  <E extends Enum<E>> E asOneOf(Class<E> type) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Value::word).toList();
    int index = words.indexOf(text.toLowerCase(Locale.ROOT));
    if (index < 0) {
      String last = words.get(words.size() - 1);
      throw notAllowed(String.join(", ", words.subList(0, words.size() - 1)) + " or " + last);
    }
    return type.getEnumConstants()[index];
  }

  /** An enumeration's constant as it is given. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** At least one word; separated by blanks or commas. */
  List<String> asWords(String allowed) {
    List<String> words =
        Arrays.stream(text.split("[\\s,]+")).filter(word -> !word.isEmpty()).toList();
    if (words.isEmpty()) {
      throw notAllowed(allowed);
    }
    return words;
  }

  List<Integer> asInts() {
    String allowed = "whole numbers separated by blanks";
    return asWords(allowed).stream().map(word -> parsed(word, Integer::valueOf, allowed)).toList();
  }

  List<Double> asDoubles() {
    String allowed = "numbers separated by blanks";
    return asWords(allowed).stream().map(word -> parsed(word, Double::valueOf, allowed)).toList();
  }

  /** Label values: numbers, ranges such as {@code 5-13}, or {@code others}. */
  List<ValueRange> asValueRanges() {
    String allowed = "label values from 1, ranges of them such as 5-13, or others";
    return asWords(allowed).stream().map(word -> range(word, allowed)).toList();
  }

  private ValueRange range(String word, String allowed) {
    if (word.equals("others")) {
      return ValueRange.OTHERS;
    }
    String[] bounds = word.split("-", 2);
    int first = parsed(bounds[0], Integer::valueOf, allowed);
    return new ValueRange(
        first, bounds.length == 1 ? first : parsed(bounds[1], Integer::valueOf, allowed));
  }

  Path asPath(Path basedir) {
    try {
      return basedir.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw UnrepresentablePath.problem(source, e);
    }
  }

  BadInputException notAllowed(String allowed) {
    String other = property.map(name -> " or " + Schema.userProperty(name)).orElse("");
    return new BadInputException(
        source + " is " + (text.isEmpty() ? "empty" : text) + ".",
        "Allowed is " + allowed + "; change the element" + other + ".");
  }

  private <T> T parsed(String word, Function<String, T> parser, String allowed) {
    try {
      return parser.apply(word);
    } catch (NumberFormatException e) {
      throw notAllowed(allowed);
    }
  }
}
