package org.mskd.maven.worker;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mskd.maven.config.JvmArguments;

/**
 * The JVM options of the environment that are passed to the worker. The variables are meant for
 * Maven: a second collector, memory limit, debugger or JMX port would keep the worker from
 * starting. Only system properties for the loading of natives are passed on.
 *
 * @param passed options for the worker's command line; its own options come later and override them
 * @param leftOut for each variable with other options, a sentence that names them
 */
record JavaOptions(List<String> passed, List<String> leftOut) {
  /**
   * The JVM reads the first and the last, the launcher the other. In a JVM the last one takes
   * precedence.
   */
  static final List<String> VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final String TEMPORARY = "-Djava.io.tmpdir=";
  private static final List<String> HARMLESS = List.of(TEMPORARY, "-Dorg.bytedeco.", "-Dorg.nd4j.");

  JavaOptions {
    passed = List.copyOf(passed);
    leftOut = List.copyOf(leftOut);
  }

  static JavaOptions of(Map<String, String> environment) {
    List<String> passed = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (String variable : VARIABLES) {
      List<String> others = new ArrayList<>();
      for (String option : JvmArguments.split(environment.getOrDefault(variable, ""))) {
        if (HARMLESS.stream().anyMatch(option::startsWith)) {
          passed.add(absolute(option));
        } else {
          others.add(JvmArguments.shown(option));
        }
      }
      if (!others.isEmpty()) {
        String verb = others.size() == 1 ? " is" : " are";
        leftOut.add(
            variable + ": " + String.join(" ", others) + verb + " not passed to the worker.");
      }
    }
    return new JavaOptions(passed, leftOut);
  }

  /** The option with an absolute path, which does not depend on a JVM's working directory. */
  private static String absolute(String option) {
    String folder = option.substring(Math.min(option.length(), TEMPORARY.length()));
    if (!option.startsWith(TEMPORARY) || folder.isEmpty()) {
      return option;
    }
    try {
      return TEMPORARY + Path.of(folder).toAbsolutePath();
    } catch (InvalidPathException e) {
      return option;
    }
  }
}
