package org.mskd.maven.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mskd.problem.BadInputException;

/** Options of the worker's JVM as they are given: the words of a text, and their check. */
public final class JvmArguments {
  /** Separators of options for the JVM: the C locale's white space. */
  private static final String SPACE = " \t\n\u000b\f\r";

  /** Options of Java 17 and later whose value is the next word. */
  private static final Set<String> WITH_VALUE =
      Set.of(
          "--add-exports",
          "--add-modules",
          "--add-opens",
          "--add-reads",
          "--enable-native-access",
          "--limit-modules",
          "--module-path",
          "--patch-module",
          "--upgrade-module-path",
          "-p");

  /** With these the JVM does something else than run the worker. */
  private static final Set<String> NO_WORKER =
      Set.of(
          "-jar",
          "-m",
          "--module",
          "--source",
          "-version",
          "--version",
          "-?",
          "-h",
          "-help",
          "--help",
          "-X",
          "--help-extra",
          "--list-modules",
          "--dry-run");

  /** Beginnings of options for which the plugin has a parameter, which would override them. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "-Xmx", "maxHeap",
          "-Xms", "maxHeap",
          "-Xmn", "maxHeap",
          "-XX:InitialHeapSize=", "maxHeap",
          "-XX:MaxHeapSize=", "maxHeap",
          "-Dorg.bytedeco.javacpp.maxbytes=", "maxOffHeap",
          "-Dorg.bytedeco.javacpp.maxphysicalbytes=", "maxOffHeap");

  private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");

  private JvmArguments() {}

  /**
   * The options of a text. White space within either kind of quotes does not separate options. The
   * quotes are removed. They cannot be escaped, and a quote of the other kind is an ordinary
   * character.
   */
  public static List<String> split(String text) {
    List<String> options = new ArrayList<>();
    StringBuilder option = new StringBuilder();
    char quote = 0;
    for (char next : text.toCharArray()) {
      if (quote == 0 && SPACE.indexOf(next) >= 0) {
        take(option, options);
      } else if (quote == 0 && (next == '"' || next == '\'')) {
        quote = next;
      } else if (next == quote) {
        quote = 0;
      } else {
        option.append(next);
      }
    }
    take(option, options);
    return options;
  }

  private static void take(StringBuilder option, List<String> options) {
    if (!option.isEmpty()) {
      options.add(option.toString());
      option.setLength(0);
    }
  }

  /**
   * The option for messages, without the values of properties and agents, which may be passwords.
   */
  public static String shown(String option) {
    boolean secret =
        option.startsWith("-D") || option.startsWith("-javaagent") || option.startsWith("-agent");
    int value = option.indexOf('=');
    return secret && value >= 0 ? option.substring(0, value + 1) + "..." : option;
  }

  /**
   * Checks options.
   *
   * @param sources of each option, the element or property that it comes from
   * @throws BadInputException for one that the worker's JVM cannot be started with, or that a
   *     parameter of the plugin would override
   */
  static void check(List<String> options, List<String> sources) {
    String before = "";
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i);
      if (!WITH_VALUE.contains(before)) {
        check(option, sources.get(i));
      }
      before = WITH_VALUE.contains(before) ? "" : option;
    }
    if (WITH_VALUE.contains(before)) {
      throw new BadInputException(
          sources.get(sources.size() - 1) + " ends with " + before + ", without its value.",
          "Write the value after it, as the next option.");
    }
  }

  private static void check(String option, String source) {
    if (!option.startsWith("-")) {
      throw problem(source, option, "Options of the JVM begin with -.");
    }
    String name = option.contains("=") ? option.substring(0, option.indexOf('=')) : option;
    if (CLASS_PATH.contains(name)) {
      throw problem(
          source,
          name,
          "The class path is the plugin's: declare jars as <dependencies> of the plugin.");
    }
    if (NO_WORKER.contains(name)) {
      throw problem(source, name, "Leave it out: the JVM would not run the worker.");
    }
    Optional<String> parameter =
        PARAMETERS.keySet().stream().filter(option::startsWith).findFirst().map(PARAMETERS::get);
    if (parameter.isPresent()) {
      throw problem(
          source,
          option,
          "Use <%s> or %s in place of it."
              .formatted(parameter.get(), Schema.userProperty(parameter.get())));
    }
  }

  private static BadInputException problem(String source, String option, String remedy) {
    return new BadInputException(source + " has the option " + option + ".", remedy);
  }
}
