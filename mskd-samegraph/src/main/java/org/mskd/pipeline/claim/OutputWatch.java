package org.mskd.pipeline.claim;

import java.nio.file.Path;

/**
 * Detects that an output directory was removed while a worker uses it, as {@code mvn clean} does.
 * The worker then ends at once: the directory that the next build creates in its place belongs to
 * that build.
 */
public final class OutputWatch {
  private static final long LOOK_MILLIS = 50;

  private OutputWatch() {}

  /**
   * Checks the directory in a thread of its own until it is removed or the JVM ends.
   *
   * @param onRemoved run once, in a thread of its own
   */
  public static void start(Path outputDirectory, Runnable onRemoved) {
    Thread thread = new Thread(() -> watch(outputDirectory, onRemoved), "mskd-output-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void watch(Path outputDirectory, Runnable onRemoved) {
    try {
      while (OutputLock.isValid(outputDirectory)) {
        Thread.sleep(LOOK_MILLIS);
      }
      onRemoved.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
