package org.mskd.maven.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of the environment that the worker gets from the process that starts it. The workers of
 * single stages inherit it from the worker.
 *
 * @param home the option that names the home folder; empty if the worker can determine it itself
 * @param options the JVM options of the environment's variables
 * @param locale the encoding of file names
 */
public record WorkerEnvironment(Optional<String> home, JavaOptions options, WorkerLocale locale) {
  /** The environment of this process. */
  public static WorkerEnvironment ofThisProcess() {
    return new WorkerEnvironment(
        UserHome.option(
            System.getProperty("user.home"),
            System.getenv("HOME"),
            System.getProperty("java.io.tmpdir")),
        JavaOptions.of(System.getenv()),
        WorkerLocale.ofThisProcess());
  }

  /** Options for the worker's JVM, which come before its own. */
  List<String> jvmOptions() {
    List<String> all = new ArrayList<>();
    home.ifPresent(all::add);
    all.addAll(options.passed());
    return all;
  }

  /** Warnings, full sentences: options of the environment that the worker does not get. */
  public List<String> leftOut() {
    return options.leftOut();
  }

  /**
   * Whether the worker encodes file names differently from this process. This process then cannot
   * list folders for the worker.
   */
  public boolean hasOtherEncoding() {
    return locale.replaced();
  }

  /** Changes a copy of this process' environment into the worker's. */
  void applyTo(Map<String, String> environment) {
    JavaOptions.VARIABLES.forEach(environment::remove);
    environment.putAll(locale.environment());
  }
}
