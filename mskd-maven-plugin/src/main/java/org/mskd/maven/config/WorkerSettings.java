package org.mskd.maven.config;

import java.nio.file.Path;

/**
 * How the worker is run, as opposed to what it does.
 *
 * @param threads compute threads
 * @param backend {@code auto} or coordinates
 * @param maxHeap of the JVM
 * @param maxOffHeap of the tensors
 * @param outputDirectory where everything is written
 */
public record WorkerSettings(
    int threads, String backend, MemorySize maxHeap, MemorySize maxOffHeap, Path outputDirectory) {
  /** The backend chosen for this machine. */
  public static final String AUTO = "auto";

  private static final int MAX_THREADS = 1024;

  /**
   * Reads the settings. By default the heap has a sixth of the memory (1 to 8 GiB: volumes pass
   * through it one at a time) and the tensors half of it.
   *
   * @throws org.mskd.problem.BadInputException for an impossible value
   */
  public static WorkerSettings of(Section root) {
    MemorySize physical = MemorySize.physical();
    int threads =
        root.value("threads")
            .map(WorkerSettings::threads)
            .orElseGet(() -> Runtime.getRuntime().availableProcessors());
    return new WorkerSettings(
        threads,
        root.value("backend").map(Value::text).orElse(AUTO),
        root.value("maxHeap")
            .map(MemorySize::parse)
            .orElseGet(() -> physical.fraction(1.0 / 6, 1024, 8192)),
        root.value("maxOffHeap")
            .map(MemorySize::parse)
            .orElseGet(() -> physical.fraction(0.5, 1024, Long.MAX_VALUE)),
        root.required("outputDirectory").asPath(root.basedir()));
  }

  /** Whether the goal is to do nothing. */
  public static boolean skip(Section root) {
    return root.flag("skip", false);
  }

  private static int threads(Value value) {
    int threads = value.asInt();
    if (threads < 1 || threads > MAX_THREADS) {
      throw value.notAllowed("a whole number from 1 to " + MAX_THREADS);
    }
    return threads;
  }
}
