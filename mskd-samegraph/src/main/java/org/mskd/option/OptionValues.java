package org.mskd.option;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A value for each option of a method. Immutable; equal where all values are. */
public final class OptionValues {
  private final List<Option<?>> options;
  private final SortedMap<String, String> texts;

  private OptionValues(List<Option<?>> options, SortedMap<String, String> texts) {
    this.options = options;
    this.texts = Collections.unmodifiableSortedMap(texts);
  }

  /**
   * The defaults.
   *
   * @throws IllegalArgumentException if two options have one name
   */
  public static OptionValues defaults(List<Option<?>> options) {
    SortedMap<String, String> texts = new TreeMap<>();
    for (Option<?> option : options) {
      if (texts.put(option.name(), option.defaultText()) != null) {
        throw new IllegalArgumentException("two options are named " + option.name());
      }
    }
    return new OptionValues(List.copyOf(options), texts);
  }

  /**
   * The given values, and the defaults of all others.
   *
   * @param given texts by option name
   * @throws OptionNotAllowed if a value is not allowed
   * @throws IllegalArgumentException if there is no such option
   */
  public static OptionValues of(List<Option<?>> options, Map<String, String> given) {
    OptionValues values = defaults(options);
    for (Map.Entry<String, String> one : given.entrySet()) {
      values = values.with(one.getKey(), one.getValue());
    }
    return values;
  }

  /**
   * The same with one value changed.
   *
   * @param text as a user writes it
   * @throws OptionNotAllowed if it is not allowed
   * @throws IllegalArgumentException if there is no such option
   */
  public OptionValues with(String name, String text) {
    Option<?> option =
        option(name).orElseThrow(() -> new IllegalArgumentException("no option " + name));
    return withText(name, rewritten(option, text));
  }

  /** The same with one value changed. */
  public <T> OptionValues with(Option<T> option, T value) {
    return with(option.name(), option.write(value));
  }

  /** One way of writing for equal values: 10 for 10.0. */
  private static <T> String rewritten(Option<T> option, String text) {
    return option.write(option.parse(text));
  }

  private OptionValues withText(String name, String text) {
    SortedMap<String, String> changed = new TreeMap<>(texts);
    changed.put(name, text);
    return new OptionValues(options, changed);
  }

  /** The value of an option, which is one of these. */
  public <T> T get(Option<T> option) {
    return option.parse(texts.get(option.name()));
  }

  /** All options, in the order they are declared. */
  public List<Option<?>> options() {
    return options;
  }

  private Optional<Option<?>> option(String name) {
    return options.stream().filter(option -> option.name().equals(name)).findFirst();
  }

  /** Every value as text, by name: two that are equal are written in one way. */
  public SortedMap<String, String> texts() {
    return texts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OptionValues values && values.texts.equals(texts);
  }

  @Override
  public int hashCode() {
    return texts.hashCode();
  }

  @Override
  public String toString() {
    return texts.toString();
  }
}
