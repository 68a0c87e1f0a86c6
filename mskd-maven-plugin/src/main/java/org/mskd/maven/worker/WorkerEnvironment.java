package org.mskd.maven.worker;

import java.util.List;
import java.util.Map;

/**
 * What the worker takes over from the process that starts it. The workers of single stages inherit
 * it from the worker.
 *
 * @param options the JVM options of the environment's variables
 * @param locale the encoding of file names
 */
public record WorkerEnvironment(JavaOptions options, WorkerLocale locale) {
  /** The environment of this process. */
  public static WorkerEnvironment ofThisProcess() {
    return new WorkerEnvironment(JavaOptions.of(System.getenv()), WorkerLocale.ofThisProcess());
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
