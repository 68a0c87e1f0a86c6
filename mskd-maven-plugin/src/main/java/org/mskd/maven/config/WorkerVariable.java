package org.mskd.maven.config;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import org.mskd.problem.BadInputException;

/** The names that {@code <environment>} may hold. */
final class WorkerVariable {
  private static final String OPTIONS = "Use <jvmArguments> or <argLine>.";
  private static final String LOCALE =
      "Set it for Maven; the worker inherits it, so that both read the same file names.";

  /** Variables that the plugin sets or removes, and what to use in place of them. */
  private static final Map<String, String> OWN =
      Map.ofEntries(
          entry("OMP_NUM_THREADS", "Use <threads> or -Dmskd.threads."),
          entry("GOMP_SPINCOUNT", "Leave it out: the plugin sets it for its own threads."),
          entry("JAVA_TOOL_OPTIONS", OPTIONS),
          entry("JDK_JAVA_OPTIONS", OPTIONS),
          entry("_JAVA_OPTIONS", OPTIONS),
          entry("CLASSPATH", "Declare jars as <dependencies> of the plugin."),
          entry("JAVA_HOME", "Use <jdkToolchain>."),
          entry("LC_ALL", LOCALE),
          entry("LC_CTYPE", LOCALE),
          entry("LANG", LOCALE));

  private WorkerVariable() {}

  /**
   * Checks a name.
   *
   * @throws BadInputException if it is no name of a variable, or the plugin sets the variable
   */
  static void check(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new BadInputException(
          "<" + name + "> in <environment> is no name of a variable.",
          "Allowed are letters, digits and _, such as OMP_PLACES.");
    }
    // Names of variables ignore case on Windows.
    String remedy = OWN.get(name.toUpperCase(Locale.ROOT));
    if (remedy != null) {
      throw new BadInputException("<" + name + "> in <environment> is not allowed.", remedy);
    }
  }
}
