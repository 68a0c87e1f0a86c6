package org.mskd.benchmark.measure;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The work of a JVM: one {@code name=value} per argument.
 *
 * @param values by name
 */
public record Arguments(SortedMap<String, String> values) {
  /** Reads a command line. */
  public static Arguments parse(String... arguments) {
    SortedMap<String, String> values = new TreeMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(argument + " is not of the form name=value");
      }
      values.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    return new Arguments(values);
  }

  /** None yet. */
  public static Arguments none() {
    return new Arguments(new TreeMap<>());
  }

  /** The same and one more. */
  public Arguments with(String name, Object value) {
    SortedMap<String, String> more = new TreeMap<>(values);
    more.put(name, value.toString());
    return new Arguments(more);
  }

  /** As a command line. */
  public List<String> toList() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.toList());
  }

  public String text(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalArgumentException("argument " + name + " is missing"));
  }

  /** A value that may be missing. */
  public Optional<String> optional(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The values whose names begin with {@code prefix}, by the rest of their names. */
  public SortedMap<String, String> startingWith(String prefix) {
    SortedMap<String, String> found = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }

  public int integer(String name) {
    return Integer.parseInt(text(name));
  }

  public double number(String name) {
    return Double.parseDouble(text(name));
  }

  public boolean flag(String name) {
    return Boolean.parseBoolean(text(name));
  }

  public Path path(String name) {
    return Path.of(text(name));
  }
}
