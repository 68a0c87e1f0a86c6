package org.mskd.maven.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the worker takes over from the process that starts it. The workers of single stages inherit
 * it from the worker.
 *
 * @param home the option that names the home folder; empty where the worker finds it by itself
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

  /** Options for the worker's JVM, to stand before its own. */
  List<String> jvmOptions() {
    List<String> all = new ArrayList<>();
    home.ifPresent(all::add);
    all.addAll(options.passed());
    return all;
  }

  /** Full sentences for the user: options of the environment that the worker does not get. */
  public List<String> leftOut() {
    return options.leftOut();
  }

  /**
   * Whether the worker spells file names in another encoding than this process, which then cannot
   * list a folder in its place.
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
