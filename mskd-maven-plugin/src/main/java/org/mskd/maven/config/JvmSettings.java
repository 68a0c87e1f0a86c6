package org.mskd.maven.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The JVM of the worker.
 *
 * @param toolchain requirements of {@code <jdkToolchain>}; empty if it is not declared
 * @param arguments options of {@code <jvmArguments>}, then those of {@code <argLine>}: of two
 *     values for one option the JVM takes the last
 * @param environment additional environment variables
 */
public record JvmSettings(
    SortedMap<String, String> toolchain,
    List<String> arguments,
    SortedMap<String, String> environment) {
  /** Nothing is declared. */
  public static final JvmSettings NONE = new JvmSettings(Map.of(), List.of(), Map.of());

  public JvmSettings {
    toolchain = Collections.unmodifiableSortedMap(new TreeMap<>(toolchain));
    arguments = List.copyOf(arguments);
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
  }

  /** Settings of maps without an order. */
  public JvmSettings(
      Map<String, String> toolchain, List<String> arguments, Map<String, String> environment) {
    this(new TreeMap<>(toolchain), arguments, new TreeMap<>(environment));
  }

  /**
   * Reads the settings.
   *
   * @throws org.mskd.problem.BadInputException for a value that is not allowed
   */
  static JvmSettings of(Section root) {
    SortedMap<String, String> toolchain = new TreeMap<>();
    root.section("jdkToolchain")
        .entries()
        .forEach((name, value) -> toolchain.put(name, value.text()));
    SortedMap<String, String> environment = new TreeMap<>();
    root.section("environment")
        .entries()
        .forEach(
            (name, value) -> {
              WorkerVariable.check(name);
              environment.put(name, value.text());
            });
    return new JvmSettings(toolchain, arguments(root), environment);
  }

  private static List<String> arguments(Section root) {
    List<String> options = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    for (Section item : root.section("jvmArguments").items()) {
      item.text()
          .ifPresent(
              value -> {
                options.add(value.text());
                sources.add(item.place().replaceFirst("^ of ", ""));
              });
    }
    root.value("argLine")
        .ifPresent(
            value -> {
              for (String option : JvmArguments.split(value.text())) {
                options.add(option);
                sources.add(value.source());
              }
            });
    JvmArguments.check(options, sources);
    return options;
  }
}
