package org.mskd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command of a JVM that a test starts. */
public final class TestJvm {
  /** The class path of the tests. */
  public static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  // Such JVMs live for seconds: optimising their byte code costs more than it gives.
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData");

  private TestJvm() {}

  /** A JVM with the tests' class path. */
  public static List<String> command(String heap, Class<?> main, String... arguments) {
    return command(heap, CLASS_PATH, main, arguments);
  }

  /**
   * A JVM with another class path.
   *
   * @param heap the largest, such as {@code 256m}
   */
  public static List<String> command(
      String heap, String classPath, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SHORT_LIVED);
    command.addAll(List.of("-Xmx" + heap, "-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
